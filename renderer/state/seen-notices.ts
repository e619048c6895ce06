import { create } from 'zustand';
import type { Notice } from '../../shared/model/action.ts';

const KEY = 'skillward.seenNotice';

/** Id of the newest notice that was on the open list; kept in this browser, for it is about the person, not the host. */
const useSeenStore = create<{ readonly id: number }>()(() => ({
  id: Number(localStorage.getItem(KEY) ?? 0) || 0,
}));

export function useSeenNotice(): number {
  return useSeenStore((state) => state.id);
}

export function markNoticesSeen(notices: readonly Notice[]): void {
  const id = notices.reduce((newest, notice) => Math.max(newest, notice.id), 0);
  localStorage.setItem(KEY, String(id));
  useSeenStore.setState({ id });
}
