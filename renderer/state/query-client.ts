import { QueryClient } from '@tanstack/react-query';
import { CallError } from '../bridge/call.ts';

/** Answers stay fresh until an event makes them old (`query-refresh.ts`); focus and reconnect say nothing here. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (count, error) =>
          count < 5 &&
          error instanceof CallError &&
          (error.code === 'unavailable' || error.code === 'timeout'),
        retryDelay: (count) => Math.min(5000, 500 * 2 ** count),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
