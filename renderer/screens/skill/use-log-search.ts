import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandAnswer } from '../../../shared/contract/index.ts';
import type { LogStream } from '../../../shared/model/log.ts';
import { call } from '../../bridge/call.ts';

export interface LogSearch {
  readonly stream: LogStream | 'all';
  /** Empty: every line. */
  readonly query: string;
  readonly regex: boolean;
  /** 1 to 5000. */
  readonly limit: number;
}

/** The latest log lines of a skill that match; searched by the host, so that nothing is sent only to be hidden. */
export function useLogSearch(skillId: string, search: LogSearch): UseQueryResult<CommandAnswer<'logs.read'>> {
  const { stream, query, regex, limit } = search;
  return useQuery({
    queryKey: ['logs', skillId, stream, query, regex ? 1 : 0, limit],
    queryFn: () =>
      call('logs.read', {
        skillId,
        limit,
        ...(stream === 'all' ? {} : { stream }),
        ...(query === '' ? {} : { query, regex }),
      }),
    placeholderData: keepPreviousData,
  });
}
