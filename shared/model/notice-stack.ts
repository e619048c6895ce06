import type { Notice } from './action.ts';

/** What to do with a screen when a notice comes. */
export interface StackedNotice {
  /** A notice with the same one takes the place of the one before. */
  readonly key: string;
  /** Keys of those that leave the screen for it. */
  readonly closed: readonly string[];
  /** The very notice that stood there before, brought up to date: no news. */
  readonly updated: boolean;
}

/**
 * Which notices stand on a screen, toasts and native ones alike: those that are not silent, one for each key, at most
 * `most` of them, and where one speaks for several skills, none of these beside it. All are in the list of the bell.
 */
export class NoticeStack {
  readonly #most: number;
  /** Oldest first. */
  readonly #standing = new Map<string, Notice>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Null when nothing is to be shown. */
  put(notice: Notice): StackedNotice | null {
    if (notice.silent === true) return null;
    const key = notice.key ?? `notice-${notice.id}`;
    const before = this.#standing.get(key);
    this.#standing.delete(key);
    const closed = [...this.#standing].filter(([, one]) => speaksFor(notice, one)).map(([other]) => other);
    for (const other of closed) this.#standing.delete(other);
    this.#standing.set(key, notice);
    for (const oldest of this.#standing.keys()) {
      if (this.#standing.size <= this.#most) break;
      this.#standing.delete(oldest);
      closed.push(oldest);
    }
    return { key, closed, updated: before?.id === notice.id };
  }

  /** It left the screen by itself, or a person sent it away. One that has taken its place stays. */
  gone({ id }: Pick<Notice, 'id'>): void {
    for (const [key, notice] of this.#standing) if (notice.id === id) this.#standing.delete(key);
  }
}

/** A question to a person is not answered by what is told of others. */
function speaksFor({ skillIds }: Notice, other: Notice): boolean {
  return (
    other.proposalId === undefined && other.skillId !== null && skillIds?.includes(other.skillId) === true
  );
}
