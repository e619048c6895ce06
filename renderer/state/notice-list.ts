import type { Notice } from '../../shared/model/action.ts';

/** Notices about one thing: the newest word, and what was said before. */
export interface NoticeStrand {
  readonly newest: Notice;
  /** Newest first. */
  readonly earlier: readonly Notice[];
}

/** Notices (newest first) with those of one key put together, each strand where its newest stands. */
export function strandsOf(notices: readonly Notice[]): NoticeStrand[] {
  const strands = new Map<string, { newest: Notice; earlier: Notice[] }>();
  for (const notice of notices) {
    const key = notice.key ?? `notice-${notice.id}`;
    const strand = strands.get(key);
    if (strand === undefined) strands.set(key, { newest: notice, earlier: [] });
    else strand.earlier.push(notice);
  }
  return [...strands.values()];
}

/** Whether it is new to somebody who last looked at `seen` (an id). A notice that was not meant to call anybody is not. */
export function isFresh({ id, silent }: Notice, seen: number): boolean {
  return id > seen && silent !== true;
}

export function freshNotices(notices: readonly Notice[], seen: number): Notice[] {
  return notices.filter((notice) => isFresh(notice, seen));
}
