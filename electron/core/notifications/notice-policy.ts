import type { AppConfig } from '../../../shared/model/config.ts';
import { idHash } from '../schedule/id-hash.ts';
import { commonCauseOf, WAKING_MS } from './common-cause.ts';
import { type Flapping, isFlapping, judged, steady } from './flapping.ts';
import { type Family, Lane, type Telling } from './lane.ts';
import { isQuiet, type Moment } from './quiet-hours.ts';
import type { News, NewsTopic } from './words.ts';

export type NotificationRules = AppConfig['notifications'];

/** What waits for a quiet time to end is looked at this often, ms. */
const LOOK_EVERY_MS = 30_000;
/** So many cool-downs are remembered; the oldest go first. */
const MOST_COOLING = 1000;

/** A word may pass a cool-down when it is worse than the one before. */
const severity: Record<NewsTopic, number> = {
  recovered: 0,
  flapping: 1,
  degraded: 1,
  failing: 2,
  configuration: 2,
  quarantined: 3,
};

/** Why nothing pops up: `waits` for a time to end and is told then if it is still true; `never` is not made up for. */
type Silence = 'waits' | 'never' | null;

/**
 * Which news reach a person and how (DESIGN.md section 10): one key for one trouble, a cool-down, groups instead of
 * storms, flapping told once, mutes and quiet hours. Pure: moments and settings come in. Nothing is lost: what does not
 * pop up is told silently, for the list.
 */
export class NoticePolicy {
  readonly #lanes = new Map<string, Lane>();
  readonly #flapping = new Map<string, Flapping>();
  /** When a key was told loudly, monotonic ms, and how bad that was. */
  readonly #cooling = new Map<string, { readonly atMs: number; readonly severity: number }>();
  /** The last trouble told about a skill: its key, and whether anybody heard it. */
  readonly #told = new Map<string, { readonly key: string; readonly loud: boolean }>();
  /** Trouble nobody heard of because of the time it came; told later if it is still there. */
  readonly #waiting = new Map<string, News>();
  #lookedAtMs = 0;
  #awokeAtMs: number | null = null;
  #places = 0;

  /** The machine slept: what is in trouble within the next minute is put down to that. */
  awoke(now: Moment): void {
    this.#awokeAtMs = now.monotonicMs;
  }

  /**
   * A check or an exit judged a skill. `news` is what to say should it be flapping now; its topic is `flapping`.
   */
  judged(skillId: string, well: boolean, now: Moment, rules: NotificationRules, news: () => News): void {
    const { state, began } = judged(this.#flapping.get(skillId) ?? steady, well, now.monotonicMs, rules);
    this.#flapping.set(skillId, state);
    if (well) this.#waiting.delete(skillId);
    if (began) this.hear(news(), now, rules);
  }

  /** Takes news in. They come out of `due`, sooner or later. */
  hear(news: News, now: Moment, rules: NotificationRules): void {
    const silence = this.#silence(news, now, rules);
    const cancelled = this.#withdraw(news, now);
    const loud = silence === null && !cancelled;
    if (news.topic === 'recovered') this.#waiting.delete(news.skillId);
    else if (silence === 'waits') this.#waiting.set(news.skillId, news);
    this.#lane(this.#familyOf(news, now), !loud).add(news, now.monotonicMs);
    if (news.topic === 'recovered' || news.topic === 'flapping') return;
    const key = keyOf(news);
    this.#told.set(news.skillId, { key, loud });
    if (!loud) return;
    this.#waiting.delete(news.skillId);
    this.#cooling.delete(key);
    this.#cooling.set(key, { atMs: now.monotonicMs, severity: severity[news.topic] });
    const [oldest] = this.#cooling.keys();
    if (this.#cooling.size > MOST_COOLING && oldest !== undefined) this.#cooling.delete(oldest);
  }

  /**
   * What is to be told now. `stillTrue` brings waiting news up to date, or gives null when they are over. `all` does not
   * hold anything back: the host is closing.
   */
  due(now: Moment, rules: NotificationRules, stillTrue: (news: News) => News | null, all = false): Telling[] {
    this.#lookAtWaiting(now, rules, stillTrue);
    const tellings: Telling[] = [];
    for (const lane of this.#lanes.values()) {
      const dueAt = lane.dueAt(rules);
      if (dueAt === null || (!all && dueAt > now.monotonicMs)) continue;
      tellings.push(...lane.flush(now.monotonicMs, rules).map((telling) => this.#inPlaceOfTrouble(telling)));
    }
    return tellings;
  }

  /** When to ask `due` again, monotonic ms; null when nothing is on its way. */
  nextAt(rules: NotificationRules): number | null {
    const times = [...this.#lanes.values()].flatMap((lane) => lane.dueAt(rules) ?? []);
    if (this.#waiting.size > 0) times.push(this.#lookedAtMs + LOOK_EVERY_MS);
    return times.length === 0 ? null : Math.min(...times);
  }

  #silence(news: News, now: Moment, rules: NotificationRules): Silence {
    const { topic, skillId } = news;
    const always = topic === 'quarantined';
    if (news.muted) return 'never';
    if (news.acknowledged && !always && topic !== 'recovered') return 'never';
    if (topic === 'recovered' && this.#told.get(skillId)?.loud === false) return 'never';
    const flapping = isFlapping(this.#flapping.get(skillId) ?? steady, now.monotonicMs, rules);
    if (flapping && !always && topic !== 'flapping') return 'waits';
    if (isMutedAt(now, rules)) return 'waits';
    if (isQuiet(rules, now.minuteOfDay) && !(always && rules.quietExceptQuarantined)) return 'waits';
    return this.#isCooling(news, now, rules) ? 'waits' : null;
  }

  /** A quarantine is always news, and what is said once in a stretch of trouble needs no cool-down. */
  #isCooling(news: News, now: Moment, { cooldownSecs }: NotificationRules): boolean {
    if (news.topic === 'quarantined' || news.topic === 'recovered' || news.topic === 'flapping') return false;
    const last = this.#cooling.get(keyOf(news));
    if (last === undefined || now.monotonicMs - last.atMs >= cooldownSecs * 1000) return false;
    return severity[news.topic] <= last.severity;
  }

  /** A later word about a skill makes the one that still waits pointless. Returns whether a recovery ended it untold. */
  #withdraw({ skillId, topic }: News, now: Moment): boolean {
    let cancelled = false;
    for (const lane of [...this.#lanes.values()]) {
      if (lane.family === 'recovery') {
        if (topic !== 'recovered') lane.withdraw(skillId);
        continue;
      }
      // That it keeps changing stays true whatever it changes to next.
      if (lane.family === 'flapping') continue;
      const withdrawn = lane.withdraw(skillId);
      if (withdrawn === undefined || topic !== 'recovered') continue;
      cancelled ||= !lane.silent;
      // It came and went while it was held back: nobody is called, the list has it.
      this.#lane(lane.family, true).add(withdrawn, now.monotonicMs);
    }
    return cancelled;
  }

  #familyOf(news: News, now: Moment): Family {
    if (news.topic === 'recovered') return 'recovery';
    if (news.topic === 'flapping') return 'flapping';
    const cause = commonCauseOf(news.error ?? news.message);
    if (cause !== null) return cause;
    const awake = this.#awokeAtMs === null || now.monotonicMs - this.#awokeAtMs > WAKING_MS;
    return awake ? 'trouble' : 'asleep';
  }

  #lookAtWaiting(now: Moment, rules: NotificationRules, stillTrue: (news: News) => News | null): void {
    if (now.monotonicMs < this.#lookedAtMs + LOOK_EVERY_MS) return;
    this.#lookedAtMs = now.monotonicMs;
    for (const [skillId, waiting] of this.#waiting) {
      const news = stillTrue(waiting);
      if (news === null) this.#waiting.delete(skillId);
      else if (this.#silence(news, now, rules) === null) this.hear(news, now, rules);
    }
  }

  #lane(family: Family, silent: boolean): Lane {
    const name = `${family} ${silent}`;
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const lane = new Lane(
      family,
      silent,
      () => ++this.#places,
      (news) => (news.topic === 'recovered' ? this.#told.get(news.skillId)?.key : undefined) ?? keyOf(news),
    );
    this.#lanes.set(name, lane);
    return lane;
  }

  /** When everybody a storm was about is well again, that takes the storm's place on the screen. */
  #inPlaceOfTrouble(telling: Telling): Telling {
    if (!telling.grouped || telling.key !== 'group:recovery') return telling;
    const well = new Set(telling.news.map((news) => news.skillId));
    for (const lane of this.#lanes.values()) {
      const stricken = lane.grouped();
      if (lane.family === 'recovery' || lane.silent || stricken.size === 0) continue;
      if ([...stricken].every((skillId) => well.has(skillId)))
        return { ...telling, key: `group:${lane.family}` };
    }
    return telling;
  }
}

/** Whether a person muted everything at this moment. */
export function isMutedAt(now: Moment, { mutedUntil }: Pick<NotificationRules, 'mutedUntil'>): boolean {
  return mutedUntil !== null && now.wallMs < mutedUntil;
}

/** The same trouble of the same skill has the same key, across restarts too. */
function keyOf({ skillId, signature }: News): string {
  return `${skillId}:${signature === null ? '' : idHash(signature).toString(36)}`;
}
