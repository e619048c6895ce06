import { errorResponse, type ResponseEnvelope } from '../../shared/contract/index.ts';

/** How long a request may wait for its answer, in ms. `scheduler.trigger_now` and `skill.restart` can take a while. */
export const REQUEST_TIMEOUT_MS = 30_000;

export interface PendingRequests {
  /** Registers a new request; `answer` always resolves, with a `timeout` error after 30 s. */
  open(): { readonly requestId: string; readonly answer: Promise<ResponseEnvelope> };
  /** Hands an answer to whoever waits for it; a late or unknown one is dropped. */
  settle(response: ResponseEnvelope): void;
  /** Answers every open request with `unavailable`. */
  failAll(message: string): void;
}

export function createPendingRequests(): PendingRequests {
  const waiting = new Map<string, (response: ResponseEnvelope) => void>();
  let count = 0;

  function settle(response: ResponseEnvelope): void {
    if (response.requestId === null) return;
    const resolve = waiting.get(response.requestId);
    waiting.delete(response.requestId);
    resolve?.(response);
  }

  return {
    open() {
      count += 1;
      const requestId = `r${count}`;
      const answer = new Promise<ResponseEnvelope>((resolve) => {
        const timer = setTimeout(() => {
          settle(
            errorResponse(requestId, {
              code: 'timeout',
              message: `The host did not answer within ${REQUEST_TIMEOUT_MS / 1000} s.`,
            }),
          );
        }, REQUEST_TIMEOUT_MS);
        waiting.set(requestId, (response) => {
          clearTimeout(timer);
          resolve(response);
        });
      });
      return { requestId, answer };
    },
    settle,
    failAll(message) {
      for (const requestId of [...waiting.keys()]) {
        settle(errorResponse(requestId, { code: 'unavailable', message }));
      }
    },
  };
}
