import type { AdviceMessage, AdviceProblemCode } from '../../shared/model/advice.ts';

/** What is asked of whom. */
export interface AdviceRequest {
  /** Of the endpoint, `http:` or `https:`, as a person set it. */
  readonly baseUrl: string;
  readonly model: string;
  /** Null where the endpoint needs none. */
  readonly key: string | null;
  readonly messages: readonly AdviceMessage[];
}

/** Somebody who can be asked for repair suggestions. */
export interface AdviceProvider {
  /** The answer piece by piece. Throws `AdviceError`; ends early when `signal` is aborted. */
  ask(request: AdviceRequest, signal: AbortSignal): AsyncIterable<string>;
}

/** Why no advice came: `message` is for people. */
export class AdviceError extends Error {
  override readonly name = 'AdviceError';
  readonly code: AdviceProblemCode;
  constructor(code: AdviceProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
