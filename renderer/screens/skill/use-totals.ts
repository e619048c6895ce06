import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { call } from '../../bridge/call.ts';
import { windowBefore } from '../../charts/range.ts';
import { type Totals, totalsOf } from '../../charts/totals.ts';
import { type RangeId, ranges, type TimeWindow, windowAt } from '../../state/ranges.ts';

export interface ComparedTotals {
  readonly now: Totals;
  /** The stretch of the same length just before. */
  readonly before: Totals;
}

/** What a stretch of a skill comes to, and the stretch before it. The host counts; nothing is averaged here. */
export function useTotals(skillId: string, over: RangeId | TimeWindow): UseQueryResult<ComparedTotals> {
  const fixed = typeof over === 'string' ? null : over;
  const range = typeof over === 'string' ? ranges[over] : null;
  return useQuery({
    queryKey: ['history', skillId, 'totals', range?.id ?? null, fixed?.from ?? null, fixed?.to ?? null],
    queryFn: async () => {
      const window = fixed ?? windowAt(range ?? ranges['24h'], Date.now());
      const [now, before] = await Promise.all([
        askTotals(skillId, window),
        askTotals(skillId, windowBefore(window)),
      ]);
      return { now, before };
    },
    placeholderData: keepPreviousData,
    meta: { refreshMs: range?.refreshMs ?? 5000 },
  });
}

async function askTotals(skillId: string, { from, to }: TimeWindow): Promise<Totals> {
  const [{ heartbeats }, { marks }] = await Promise.all([
    call('history.heartbeats', { skillId, from, to, cells: 1 }),
    call('history.query', { skillId, from, to, points: 1 }),
  ]);
  return totalsOf(
    heartbeats.find((one) => one.skillId === skillId),
    marks,
  );
}
