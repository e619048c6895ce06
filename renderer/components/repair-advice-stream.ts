import { useEffect, useState } from 'react';
import type { SequencedEvent } from '../../shared/contract/index.ts';
import type { AdviceDone } from '../../shared/model/advice.ts';
import { currentBridge } from '../bridge/current.ts';

/** What has come of an answer so far. `done` is null while more may come. */
export interface AdviceSoFar {
  readonly text: string;
  readonly done: AdviceDone | null;
}

const nothing: AdviceSoFar = { text: '', done: null };

/** The answer after these events. A piece that does not continue the text is left out: the end brings it whole. */
export function adviceAfter(
  before: AdviceSoFar,
  adviceId: string,
  batch: readonly SequencedEvent[],
): AdviceSoFar {
  let now = before;
  for (const { event, payload } of batch) {
    if (event === 'advice.chunk' && payload.adviceId === adviceId && payload.offset === now.text.length)
      now = { ...now, text: now.text + payload.text };
    if (event === 'advice.done' && payload.adviceId === adviceId) now = { text: payload.text, done: payload };
  }
  return now;
}

/** Follows every answer from before it is asked for, so that the first piece is not missed. */
export function useAdviceStream(adviceId: string | null): AdviceSoFar {
  const [seen, setSeen] = useState<ReadonlyMap<string, AdviceSoFar>>(new Map());
  useEffect(
    () =>
      currentBridge().onEvents((batch) => {
        const ids = new Set(
          batch.flatMap(({ event, payload }) =>
            event === 'advice.chunk' || event === 'advice.done' ? [payload.adviceId] : [],
          ),
        );
        if (ids.size === 0) return;
        setSeen((before) => {
          const next = new Map(before);
          for (const id of ids) next.set(id, adviceAfter(next.get(id) ?? nothing, id, batch));
          return next;
        });
      }),
    [],
  );
  return (adviceId === null ? undefined : seen.get(adviceId)) ?? nothing;
}
