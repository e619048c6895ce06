import type { CommonCause } from './common-cause.ts';
import { type News, wordsForMany, wordsForOne } from './words.ts';

/** News of one family wait this long for others before they are told, ms: a storm becomes one notice from its start. */
export const HOLD_MS = 2500;
/** A notice for several is brought up to date this often at most, ms. */
export const UPDATE_MS = 5000;
/** With a common cause two are a group: the cause is the news. */
const LEAST_WITH_CAUSE = 2;

export type Family = 'trouble' | 'recovery' | 'flapping' | CommonCause;

function causeOf(family: Family): CommonCause | null {
  return family === 'trouble' || family === 'recovery' || family === 'flapping' ? null : family;
}

/** Something to put before a person. */
export interface Telling {
  /** The same trouble of the same skill, or the same storm: on a screen the later takes the place of the earlier. */
  readonly key: string;
  readonly level: News['level'];
  readonly title: string;
  readonly body: string;
  readonly news: readonly News[];
  /** True when it speaks for several skills. */
  readonly grouped: boolean;
  readonly silent: boolean;
  /** Tellings with the same number are one notice, brought up to date. */
  readonly place: number;
}

export interface GroupLimits {
  readonly groupAtLeast: number;
  readonly groupWindowSecs: number;
}

interface Group {
  readonly place: number;
  readonly bySkill: Map<string, News>;
  lastAddedMs: number;
}

/** News of one family on their way to a person: held for a moment, told one by one or, from so many on, together. */
export class Lane {
  readonly family: Family;
  readonly silent: boolean;
  readonly #nextPlace: () => number;
  readonly #keyOf: (news: News) => string;
  #pending: News[] = [];
  #pendingSinceMs: number | null = null;
  /** What was told one by one within the window. */
  #recent: { readonly news: News; readonly atMs: number }[] = [];
  #group: Group | null = null;

  constructor(family: Family, silent: boolean, nextPlace: () => number, keyOf: (news: News) => string) {
    this.family = family;
    this.silent = silent;
    this.#nextPlace = nextPlace;
    this.#keyOf = keyOf;
  }

  /** When what waits is to be told, monotonic ms; null when nothing waits. */
  dueAt(limits: GroupLimits): number | null {
    if (this.#pendingSinceMs === null) return null;
    return this.#pendingSinceMs + (this.#isOpen(this.#pendingSinceMs, limits) ? UPDATE_MS : HOLD_MS);
  }

  add(news: News, nowMs: number): void {
    this.#pending = [...this.#pending.filter((one) => one.skillId !== news.skillId), news];
    this.#pendingSinceMs ??= nowMs;
  }

  /** Takes back what waits about a skill. */
  withdraw(skillId: string): News | undefined {
    const withdrawn = this.#pending.find((one) => one.skillId === skillId);
    this.#pending = this.#pending.filter((one) => one !== withdrawn);
    if (this.#pending.length === 0) this.#pendingSinceMs = null;
    return withdrawn;
  }

  /** The skills of the latest group; empty when there was none. */
  grouped(): ReadonlySet<string> {
    return new Set(this.#group?.bySkill.keys());
  }

  /** Tells what waits. */
  flush(nowMs: number, limits: GroupLimits): Telling[] {
    const pending = this.#pending;
    if (pending.length === 0) return [];
    const windowMs = limits.groupWindowSecs * 1000;
    const open = this.#isOpen(this.#pendingSinceMs ?? nowMs, limits);
    this.#pending = [];
    this.#pendingSinceMs = null;
    this.#recent = this.#recent.filter(({ atMs }) => nowMs - atMs <= windowMs);
    const together = open ? pending : newestOfEach([...this.#recent.map(({ news }) => news), ...pending]);
    if (!open && together.length < this.#least(limits)) return pending.map((news) => this.#one(news, nowMs));
    if (!open) this.#group = { place: this.#nextPlace(), bySkill: new Map(), lastAddedMs: nowMs };
    this.#recent = [];
    return this.#group === null ? [] : [this.#many(this.#group, together, nowMs)];
  }

  #isOpen(atMs: number, { groupWindowSecs }: GroupLimits): boolean {
    return this.#group !== null && atMs - this.#group.lastAddedMs <= groupWindowSecs * 1000;
  }

  #least({ groupAtLeast }: GroupLimits): number {
    return causeOf(this.family) === null ? groupAtLeast : LEAST_WITH_CAUSE;
  }

  #one(news: News, nowMs: number): Telling {
    this.#recent.push({ news, atMs: nowMs });
    const { silent } = this;
    const place = this.#nextPlace();
    const key = this.#keyOf(news);
    return { key, level: news.level, ...wordsForOne(news), news: [news], grouped: false, silent, place };
  }

  #many(group: Group, added: readonly News[], nowMs: number): Telling {
    for (const news of added) group.bySkill.set(news.skillId, news);
    group.lastAddedMs = nowMs;
    const news = [...group.bySkill.values()];
    const { family, silent } = this;
    return {
      key: `group:${family}`,
      level: worstOf(news),
      ...wordsForMany(news, causeOf(family)),
      news,
      grouped: true,
      silent,
      place: group.place,
    };
  }
}

function newestOfEach(news: readonly News[]): News[] {
  return [...new Map(news.map((one) => [one.skillId, one])).values()];
}

function worstOf(news: readonly News[]): News['level'] {
  const levels = new Set(news.map((one) => one.level));
  if (levels.has('error')) return 'error';
  return levels.has('warning') ? 'warning' : 'info';
}
