import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';

/** What this machine offers to skills. Asked once; `refetch` looks again. */
export function useEnvironment(): UseQueryResult<CommandAnswer<'host.environment'>> {
  return useQuery({
    queryKey: ['runtime', 'environment'],
    queryFn: () => call('host.environment', {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useHostVersion(): UseQueryResult<CommandAnswer<'host.version'>> {
  return useQuery({
    queryKey: ['runtime', 'version'],
    queryFn: () => call('host.version', {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Asks the host to tell something for a try. Throws `CallError`. */
export async function testNotification(): Promise<void> {
  await call('notification.test', {});
}
