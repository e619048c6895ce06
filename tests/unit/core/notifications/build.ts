import type { Telling } from '../../../../electron/core/notifications/lane.ts';
import {
  NoticePolicy,
  type NotificationRules,
} from '../../../../electron/core/notifications/notice-policy.ts';
import type { News, NewsTopic } from '../../../../electron/core/notifications/words.ts';
import { appConfigSchema } from '../../../../shared/model/config.ts';

export const defaults: NotificationRules = appConfigSchema.parse({}).notifications;
export const MIN = 60_000;
const START = Date.UTC(2026, 0, 15, 12, 0);

const levels: Record<NewsTopic, News['level']> = {
  degraded: 'warning',
  flapping: 'warning',
  recovered: 'info',
  failing: 'error',
  configuration: 'error',
  quarantined: 'error',
};

export function news(skillId: string, topic: NewsTopic = 'failing', more: Partial<News> = {}): News {
  return {
    topic,
    skillId,
    name: skillId,
    level: levels[topic],
    message: `Skill ${skillId} is ${topic}`,
    incidentId: null,
    signature: topic === 'recovered' ? null : 'valueerror: boom',
    error: topic === 'recovered' ? null : 'ValueError: boom',
    lastedMs: topic === 'recovered' ? 90_000 : null,
    knownFix: null,
    muted: false,
    acknowledged: false,
    ...more,
  };
}

/** The policy on a clock the test turns: what it hears and what it tells, in order. */
export class Street {
  readonly policy = new NoticePolicy();
  readonly told: (Telling & { readonly atMs: number })[] = [];
  rules: NotificationRules;
  /** News that are over when they are looked at again. */
  readonly over = new Set<string>();
  #nowMs = 0;
  #midnightMin: number;

  constructor(rules: Partial<NotificationRules> = {}, startsAt = '12:00') {
    this.rules = { ...defaults, ...rules };
    const [hours = 0, mins = 0] = startsAt.split(':').map(Number);
    this.#midnightMin = hours * 60 + mins;
  }

  get now() {
    return {
      wallMs: START + this.#nowMs,
      monotonicMs: this.#nowMs,
      minuteOfDay: (this.#midnightMin + Math.floor(this.#nowMs / MIN)) % 1440,
    };
  }

  hear(...heard: News[]): this {
    for (const one of heard) this.policy.hear(one, this.now, this.rules);
    return this;
  }

  judged(skillId: string, well: boolean): this {
    this.policy.judged(skillId, well, this.now, this.rules, () => news(skillId, 'flapping'));
    return this;
  }

  /** Lets time pass the way the shell does: asks when it was told to. */
  pass(ms: number): this {
    const until = this.#nowMs + ms;
    for (;;) {
      const nextAt = this.policy.nextAt(this.rules);
      if (nextAt === null || nextAt > until) break;
      this.#nowMs = Math.max(this.#nowMs, nextAt);
      const tellings = this.policy.due(this.now, this.rules, (one) =>
        this.over.has(one.skillId) ? null : one,
      );
      this.told.push(...tellings.map((telling) => ({ ...telling, atMs: this.#nowMs })));
    }
    this.#nowMs = until;
    return this;
  }

  get loud() {
    return this.told.filter((telling) => !telling.silent);
  }

  get titles(): string[] {
    return this.loud.map((telling) => telling.title);
  }
}
