import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { sameScreen } from './same-screen.ts';

let switched = false;

/** Whether a person has just switched, told once: what they pressed is gone with the host it belonged to. */
export function takeSwitched(): boolean {
  const was = switched;
  switched = false;
  return was;
}

/**
 * Shows another host of the fleet (null: the page's own), on the same screen. Of what the address says only the range
 * goes along: filters are about one host's skills.
 */
export function useShowHost(): (hostId: string | null) => void {
  const router = useRouter();
  return useCallback(
    (hostId) => {
      switched = true;
      void router.navigate({
        to: sameScreen(router.state.location.pathname),
        search: ({ range }) => ({ range, host: hostId ?? undefined }),
      });
    },
    [router],
  );
}
