import { useCallback } from 'react';
import { create } from 'zustand';
import { type Fleet, hereOf, useFleet } from './fleet.ts';

/** Which host the page shows: null for its own; undefined before any was shown. */
interface Shown {
  readonly hostId: string | null | undefined;
}

export const useShown = create<Shown>()(() => ({ hostId: undefined }));

/** The id of the other host that is shown, or null while it is the page's own. */
export function shownHostId(): string | null {
  return useShown.getState().hostId ?? null;
}

export function useShownHostId(): string | null {
  return useShown(({ hostId }) => hostId ?? null);
}

/** What people call the host that is shown. */
export function useShownName(): string {
  const hostId = useShownHostId();
  return useFleet(
    useCallback(
      (fleet) => (hostId === null ? hereOf(fleet)?.name : fleet.hosts[hostId]?.name) ?? hostId ?? 'This host',
      [hostId],
    ),
  );
}

/** Why nothing may be changed on the host that is shown; null where it may. */
export function readOnlyReason(): string | null {
  return reasonOf(shownHostId(), useFleet.getState());
}

export function useReadOnly(): string | null {
  const hostId = useShownHostId();
  return useFleet(useCallback((fleet) => reasonOf(hostId, fleet), [hostId]));
}

function reasonOf(hostId: string | null, { hosts, known }: Fleet): string | null {
  if (hostId === null || !known) return null;
  const host = hosts[hostId];
  if (host === undefined || host.state === 'unknown') {
    return `“${host?.name ?? hostId}” is not heard from: nothing can be done there until it is.`;
  }
  return host.role === 'viewer' ? lookOnly(host.name) : null;
}

/** Why what only a host's own dashboard may do cannot be done now; null while that is the one that is shown. */
export function useOwnerOnly(): string | null {
  const away = useShownHostId() !== null;
  const name = useShownName();
  return away ? `Only on “${name}” itself: in its own dashboard, or with skillward on that machine.` : null;
}

function lookOnly(name: string): string {
  return `“${name}” lets its fleet look only. Its owner can change that there, in Settings under Fleet.`;
}

/** What has to be forgotten when another host is shown: everything that was about the one before. */
const resets = new Set<() => void>();

/** Registers a store that holds something of one host. Called where the store is made. */
export function onHostLeft(reset: () => void): void {
  resets.add(reset);
}

export function forgetHost(): void {
  for (const reset of resets) reset();
}
