import type { Notice } from '../../shared/model/action.ts';

/** Stretch in ms over which notices count as one storm, and how many of them are shown one by one. */
const STORM_MS = 30_000;
const ONE_BY_ONE = 2;

export type Announcement =
  | { readonly kind: 'one'; readonly notice: Notice }
  /** The storm so far, worst level of it; replaces the summary before. */
  | { readonly kind: 'many'; readonly count: number; readonly level: Notice['level'] };

/** Decides which toasts a stream of notices becomes: at most two single ones in 30 s, then one summary that counts on. */
export function createNoticeGroups(): (notice: Notice, now: number) => Announcement | null {
  let recent: { at: number; notice: Notice }[] = [];
  return (notice, now) => {
    recent = recent.filter((one) => now - one.at < STORM_MS);
    recent.push({ at: now, notice });
    if (notice.level === 'info' && recent.length > ONE_BY_ONE) return null;
    if (recent.length <= ONE_BY_ONE) return { kind: 'one', notice };
    const levels = recent.map((one) => one.notice.level);
    const level = levels.includes('error') ? 'error' : 'warning';
    return { kind: 'many', count: recent.length, level };
  };
}
