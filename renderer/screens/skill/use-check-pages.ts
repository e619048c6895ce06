import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { Check, OutcomeKind } from '../../../shared/model/health.ts';
import { call } from '../../bridge/call.ts';

/** Checks fetched at a time. */
const PAGE = 200;

/** The checks of a skill, newest first, older ones a page at a time; the host picks those of one outcome. */
export function useCheckPages(
  skillId: string,
  outcome: OutcomeKind | undefined,
): UseInfiniteQueryResult<InfiniteData<readonly Check[], number | null>> {
  return useInfiniteQuery({
    queryKey: ['checks', skillId, 'pages', outcome ?? null],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const before = pageParam === null ? {} : { before: pageParam };
      const asked = outcome === undefined ? {} : { outcome };
      return (await call('history.checks', { skillId, limit: PAGE, ...before, ...asked })).checks;
    },
    getNextPageParam: (last: readonly Check[]) =>
      last.length < PAGE ? undefined : (last.at(-1)?.at ?? undefined),
  });
}
