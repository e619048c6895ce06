import { create } from 'zustand';
import type { Notice } from '../../shared/model/action.ts';
import { shownHostId, useShownHostId } from './shown-host.ts';

const KEY = 'skillward.seenNotice';

/** Notices are numbered by their host; what was seen of one says nothing about another's. */
function keyOf(hostId: string | null): string {
  return hostId === null ? KEY : `${KEY}@${hostId}`;
}

/** Id of the newest notice that was on the open list, by key; kept in this browser, for it is about the person. */
const useSeenStore = create<Readonly<Record<string, number>>>()(() => ({}));

export function useSeenNotice(): number {
  const key = keyOf(useShownHostId());
  const marked = useSeenStore((state) => state[key]);
  return marked ?? (Number(localStorage.getItem(key) ?? 0) || 0);
}

export function markNoticesSeen(notices: readonly Notice[]): void {
  const id = notices.reduce((newest, notice) => Math.max(newest, notice.id), 0);
  const key = keyOf(shownHostId());
  localStorage.setItem(key, String(id));
  useSeenStore.setState({ [key]: id });
}
