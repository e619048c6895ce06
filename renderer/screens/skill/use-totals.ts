import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Heartbeat } from '../../../shared/model/history.ts';
import { call } from '../../bridge/call.ts';
import { windowBefore } from '../../charts/range.ts';
import { type Totals, totalsOf } from '../../charts/totals.ts';
import { useHistory } from '../../state/queries.ts';
import { type RangeId, ranges, type TimeWindow, windowAt } from '../../state/ranges.ts';

export interface ComparedTotals {
  readonly now: Totals;
  /** The stretch of the same length just before. */
  readonly before: Totals;
}

/**
 * What a stretch of a skill comes to, and the stretch before it. The host counts; nothing is averaged here. Asked for
 * once the chart has its answer, whose marks serve here too, so that the numbers never keep the drawing waiting.
 */
export function useTotals(
  skillId: string,
  over: RangeId | TimeWindow,
): { readonly data: ComparedTotals | undefined; readonly isError: boolean } {
  const chart = useHistory(skillId, over);
  const marks = chart.isPlaceholderData ? undefined : chart.data?.marks;
  const fixed = typeof over === 'string' ? null : over;
  const range = typeof over === 'string' ? ranges[over] : null;
  const { data, isError } = useQuery({
    queryKey: ['history', skillId, 'totals', range?.id ?? null, fixed?.from ?? null, fixed?.to ?? null],
    queryFn: async () => {
      const window = fixed ?? windowAt(range ?? ranges['24h'], Date.now());
      const earlier = windowBefore(window);
      const [now, then, { marks: marksThen }] = await Promise.all([
        askHeartbeat(skillId, window),
        askHeartbeat(skillId, earlier),
        call('history.query', { skillId, ...earlier, points: 1 }),
      ]);
      return { now: now ?? null, before: totalsOf(then, marksThen) };
    },
    enabled: marks !== undefined,
    placeholderData: keepPreviousData,
    meta: { refreshMs: range?.refreshMs ?? 5000 },
  });
  const compared = useMemo(
    () =>
      data === undefined
        ? undefined
        : { now: totalsOf(data.now ?? undefined, marks ?? []), before: data.before },
    [data, marks],
  );
  return { data: compared, isError: isError || chart.isError };
}

async function askHeartbeat(skillId: string, { from, to }: TimeWindow): Promise<Heartbeat | undefined> {
  const { heartbeats } = await call('history.heartbeats', { skillId, from, to, cells: 1 });
  return heartbeats.find((one) => one.skillId === skillId);
}
