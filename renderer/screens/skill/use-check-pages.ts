import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { Check } from '../../../shared/model/health.ts';
import { call } from '../../bridge/call.ts';

/** Checks fetched at a time. */
const PAGE = 200;

/** The checks of a skill, newest first, older ones a page at a time. */
export function useCheckPages(
  skillId: string,
): UseInfiniteQueryResult<InfiniteData<readonly Check[], number | null>> {
  return useInfiniteQuery({
    queryKey: ['checks', skillId, 'pages'],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const before = pageParam === null ? {} : { before: pageParam };
      return (await call('history.checks', { skillId, limit: PAGE, ...before })).checks;
    },
    getNextPageParam: (last: readonly Check[]) =>
      last.length < PAGE ? undefined : (last.at(-1)?.at ?? undefined),
  });
}
