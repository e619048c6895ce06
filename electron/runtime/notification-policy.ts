import { type Incident, MUTED_UNTIL_RECOVERY, type Notice } from '../../shared/model/action.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { HealthAction, HealthStatus } from '../../shared/model/health.ts';
import { normalizeError } from '../core/fixes/normalize.ts';
import { durationInWords } from '../core/health/words.ts';
import { isMuted } from '../core/incidents/standing.ts';
import type { Telling } from '../core/notifications/lane.ts';
import { isMutedAt, NoticePolicy } from '../core/notifications/notice-policy.ts';
import { isQuiet, type Moment } from '../core/notifications/quiet-hours.ts';
import type { News, NewsTopic } from '../core/notifications/words.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { ActionLog } from './action-log.ts';
import type { IncidentBook } from './incident-book.ts';

type NotifyUser = Extract<HealthAction, { kind: 'notifyUser' }>;

/** So many notices for several skills can still be brought up to date. */
const MOST_PLACES = 50;

export interface NotificationPolicyPorts {
  readonly clock: Clock;
  readonly actions: ActionLog;
  readonly incidents: IncidentBook;
  config(): AppConfig['notifications'];
  skillName(skillId: string): string;
  status(skillId: string): HealthStatus;
  /** What is wrong with a skill now; null when nothing is. */
  error(skillId: string): string | null;
  /** What fixed an error of a skill before, in one line; null when nothing is known. */
  knownFix(error: string, skillId: string): string | null;
}

/**
 * Brings the monitor's words to people by the rules of `NoticePolicy`: gives it time and settings, keeps what it tells.
 * What people have turned off is not told at all; it is still an action on record.
 */
export class NotificationPolicy {
  readonly #ports: NotificationPolicyPorts;
  readonly #policy = new NoticePolicy();
  /** The last incident there was news of, by skill: a recovery is about that one. */
  readonly #incidents = new Map<string, number>();
  /** Notices that may be brought up to date, by their place. */
  readonly #places = new Map<number, Notice>();
  #timer: Timer | null = null;

  constructor(ports: NotificationPolicyPorts) {
    this.#ports = ports;
  }

  tell(action: NotifyUser): void {
    if (!this.#isWanted(action.topic)) return;
    const { level, message, skillId, topic } = action;
    this.#policy.hear(
      this.#newsOf({ topic, skillId, level, message }, action.lastedMs ?? null),
      this.#now(),
      this.#ports.config(),
    );
    this.#wake();
  }

  /** A check or an exit judged a skill: too many changes are news of their own. */
  judged(skillId: string, well: boolean): void {
    const rules = this.#ports.config();
    const message =
      `It changed between well and unwell ${rules.flappingChanges} times within ` +
      `${durationInWords(rules.flappingWindowSecs * 1000)}. Until it has been calm for as long, only a quarantine is told.`;
    // Judged also while nothing is wanted: turned on again, the policy must know how a skill has been.
    const wanted = this.#isWanted('failing') ? rules : { ...rules, flappingChanges: Infinity };
    this.#policy.judged(skillId, well, this.#now(), wanted, () =>
      this.#newsOf({ topic: 'flapping', skillId, level: 'warning', message }, null),
    );
    this.#wake();
  }

  /** Tells something that is no skill's trouble; silently where a person wants quiet. */
  say(notice: Omit<Notice, 'id' | 'at' | 'silent'>): void {
    const rules = this.#ports.config();
    const now = this.#now();
    const silent = isMutedAt(now, rules) || isQuiet(rules, now.minuteOfDay);
    this.#ports.actions.notify(silent ? { ...notice, silent } : notice);
  }

  /** The machine slept: what fails right after waking is told as that. */
  hostAwoke(): void {
    this.#policy.awoke(this.#now());
  }

  /** Tells what still waits: nothing may be lost because the host closes. */
  stop(): void {
    this.#flush(true);
    this.#timer?.cancel();
    this.#timer = null;
  }

  #flush(all = false): void {
    const tellings = this.#policy.due(
      this.#now(),
      this.#ports.config(),
      (news) => this.#stillTrue(news),
      all,
    );
    for (const telling of tellings) this.#put(telling);
    this.#wake();
  }

  #wake(): void {
    const { clock } = this.#ports;
    this.#timer?.cancel();
    const nextAt = this.#policy.nextAt(this.#ports.config());
    this.#timer =
      nextAt === null ? null : clock.after(Math.max(0, nextAt - clock.monotonicMs()), () => this.#flush());
  }

  #put(telling: Telling): void {
    const { actions } = this.#ports;
    const notice = noticeOf(telling);
    const before = this.#places.get(telling.place);
    const kept = before === undefined ? actions.notify(notice) : actions.renotify(before.id, notice);
    if (!telling.grouped) return;
    this.#places.set(telling.place, kept);
    const [oldest] = this.#places.keys();
    if (this.#places.size > MOST_PLACES && oldest !== undefined) this.#places.delete(oldest);
  }

  #newsOf(about: Pick<News, 'topic' | 'skillId' | 'level' | 'message'>, lastedMs: number | null): News {
    const { error: errorOf, incidents, knownFix, skillName } = this.#ports;
    const { skillId, topic } = about;
    const recovered = topic === 'recovered';
    const incident = recovered ? this.#lastIncident(skillId) : incidents.latest(skillId);
    if (incident !== undefined) this.#incidents.set(skillId, incident.id);
    const error = recovered ? null : (errorOf(skillId) ?? incident?.error ?? null);
    return {
      ...about,
      name: skillName(skillId),
      incidentId: incident?.id ?? null,
      signature: recovered ? (incident?.signature ?? null) : error === null ? null : normalizeError(error),
      error,
      lastedMs,
      knownFix: error === null || topic === 'flapping' ? null : knownFix(error, skillId),
      ...this.#wishesOf(incident),
    };
  }

  /** What people said about an incident. A mute until the recovery ends with it: that is what they wait for. */
  #wishesOf(incident: Incident | undefined): Pick<News, 'muted' | 'acknowledged'> {
    if (incident === undefined) return { muted: false, acknowledged: false };
    const nowMs = this.#ports.clock.nowMs();
    const outlasts = (incident.mutedUntil ?? 0) > nowMs && incident.mutedUntil !== MUTED_UNTIL_RECOVERY;
    return { muted: isMuted(incident, nowMs) || outlasts, acknowledged: incident.state === 'acknowledged' };
  }

  #lastIncident(skillId: string): Incident | undefined {
    const id = this.#incidents.get(skillId);
    return id === undefined ? undefined : this.#ports.incidents.get(id);
  }

  /** News that waited for a quiet time to end, as they are now; null when they are over. */
  #stillTrue(news: News): News | null {
    const { kind } = this.#ports.status(news.skillId);
    if (kind === 'healthy' || kind === 'unknown' || !this.#isWanted(news.topic)) return null;
    return this.#newsOf(news, null);
  }

  #isWanted(topic: NewsTopic): boolean {
    const config = this.#ports.config();
    if (!config.enabled) return false;
    switch (topic) {
      case 'degraded':
        return config.onDegraded;
      case 'failing':
      case 'flapping':
        return config.onFailing;
      case 'quarantined':
        return config.onQuarantined;
      case 'recovered':
        return config.onRecovered;
      case 'configuration':
        return true;
    }
  }

  #now(): Moment {
    const { clock } = this.#ports;
    const wallMs = clock.nowMs();
    const local = new Date(wallMs);
    return {
      wallMs,
      monotonicMs: clock.monotonicMs(),
      minuteOfDay: local.getHours() * 60 + local.getMinutes(),
    };
  }
}

function noticeOf({ key, level, title, body, news, grouped, silent }: Telling): Omit<Notice, 'id' | 'at'> {
  const [first] = news;
  return {
    key,
    level,
    title,
    body,
    skillId: grouped ? null : (first?.skillId ?? null),
    ...(grouped ? { skillIds: news.map((one) => one.skillId) } : {}),
    ...(grouped || first?.incidentId == null ? {} : { incidentId: first.incidentId }),
    ...(silent ? { silent } : {}),
  };
}
