import type { Remedy, Skill } from '../../../shared/model/skill.ts';
import { displayState, errorOf, type StateKind } from '../../components/display-state.ts';
import { plural } from '../../components/format.ts';

/** One figure at the right of the strip. A point in time is shown as a countdown or an age. */
export interface WhyFact {
  readonly label: string;
  readonly value:
    | { readonly kind: 'count'; readonly count: number; readonly of: number | null }
    | { readonly kind: 'in' | 'ago'; readonly at: number }
    | { readonly kind: 'latency'; readonly ms: number };
  /** Shown small behind the value. */
  readonly note?: string;
}

/** Why a skill is as it is, and what happens next. */
export interface Why {
  readonly state: StateKind;
  readonly word: string;
  /** When this began, epoch ms. */
  readonly since: number | null;
  /** What went wrong, as the skill or the host said it. */
  readonly error: string | null;
  /** What Skillward does about it, or what a person has to do. */
  readonly next: string | null;
  readonly facts: readonly WhyFact[];
  /** One step that would mend it, offered right here; null where there is none. */
  readonly remedy: Remedy | 'restart' | null;
}

/** The strip under the header: built from the record only, so it says nothing the host does not know. */
export function whyOf(skill: Skill): Why {
  const { state, word } = displayState(skill);
  return {
    state,
    word,
    since: sinceOf(skill),
    error: errorOf(skill),
    next: nextOf(skill),
    facts: factsOf(skill),
    remedy: remedyOf(skill),
  };
}

/** Missing credentials come first: nothing else helps before they are entered. */
function remedyOf(skill: Skill): Why['remedy'] {
  if (skill.broken !== undefined) return 'mend-files';
  if (skill.lifecycle === 'disabled') return null;
  if ((skill.credentialsMissing ?? []).length > 0) return 'enter-credentials';
  const { state, cause } = skill.process;
  if (state !== 'running' && state !== 'starting' && cause?.remedy !== undefined) return cause.remedy;
  return skill.filesChanged === true && state === 'running' ? 'restart' : null;
}

function sinceOf(skill: Skill): number | null {
  if (skill.broken !== undefined || skill.lifecycle === 'disabled' || skill.paused) return null;
  if (skill.process.state === 'failed') return skill.process.cause?.at ?? null;
  return skill.healthSince;
}

function nextOf(skill: Skill): string | null {
  if (skill.broken !== undefined)
    return 'It cannot be started until this is mended. Other skills are not affected.';
  if (skill.lifecycle === 'disabled') return 'Out of service until it is activated.';
  if (skill.lifecycle === 'quarantined') {
    return 'Stopped. It is neither checked nor restarted until somebody releases it.';
  }
  if (skill.paused) return 'Neither checked nor restarted until it is started again.';
  if (skill.trialChecksLeft !== null) {
    const left = plural(skill.trialChecksLeft, 'more check', 'more checks');
    return `On trial: ${left} to pass. One failure puts it back into quarantine.`;
  }
  if (skill.process.state === 'failed') {
    return 'Not retried in a loop: tried again when its files or settings change, or when you restart it.';
  }
  const { autoRestart, autoQuarantine } = skill.config.health;
  if (skill.health.status.kind !== 'failing') return null;
  if (!autoRestart && !autoQuarantine)
    return 'Restarts and quarantine are switched off for it: it is only watched.';
  if (!autoRestart) return 'Automatic restarts are switched off for it.';
  return null;
}

function factsOf(skill: Skill): WhyFact[] {
  if (skill.broken !== undefined) return [];
  const facts: WhyFact[] = [];
  const { health, process } = skill;
  const limits = skill.config.health;
  const failing = health.consecutiveFailures > 0 || health.status.kind === 'failing';
  if (failing) {
    facts.push({
      label: 'in a row',
      value: {
        kind: 'count',
        count: health.consecutiveFailures,
        of: limits.autoQuarantine ? limits.maxConsecutiveFailures : null,
      },
    });
  }
  if (failing || skill.failuresInWindow > 0) {
    facts.push({
      label: `in ${windowWords(limits.failureWindowSecs)}`,
      value: {
        kind: 'count',
        count: skill.failuresInWindow,
        of: limits.autoQuarantine ? limits.maxFailuresInWindow : null,
      },
    });
  }
  if (failing && process.restarts > 0) {
    facts.push({ label: 'restarts', value: { kind: 'count', count: process.restarts, of: null } });
  }
  facts.push(...nextFacts(skill));
  if (!failing && skill.lastLatencyMs !== null) {
    facts.push({ label: 'last answer', value: { kind: 'latency', ms: skill.lastLatencyMs } });
  }
  const out = skill.lifecycle === 'quarantined' || skill.lifecycle === 'disabled' || skill.paused;
  if ((out || !failing) && health.lastCheck !== null) {
    facts.push({ label: 'last check', value: { kind: 'ago', at: health.lastCheck } });
  }
  if (process.state === 'starting' && process.startedAt !== null) {
    facts.push({ label: 'starting', value: { kind: 'ago', at: process.startedAt } });
  }
  return facts;
}

function nextFacts(skill: Skill): WhyFact[] {
  const { process } = skill;
  if (process.nextAttemptAt !== null) {
    const delay = process.backoffMs;
    return [
      {
        label: 'next attempt',
        value: { kind: 'in', at: process.nextAttemptAt },
        ...(delay === null ? {} : { note: `waits ${seconds(delay)}` }),
      },
    ];
  }
  if (skill.nextCheckAt === null) return [];
  return [{ label: 'next check', value: { kind: 'in', at: skill.nextCheckAt } }];
}

/** `10 min`, `90 s`, `2 h`. */
function windowWords(secs: number): string {
  if (secs % 3600 === 0) return `${secs / 3600} h`;
  return secs % 60 === 0 ? `${secs / 60} min` : `${secs} s`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** How the last process ended, in words: `exited with code 1`, `ended by SIGSEGV`. Null where the cause says it already. */
export function endingOf(skill: Skill): { readonly text: string; readonly at: number } | null {
  const { cause } = skill.process;
  if (cause === null) return null;
  if (cause.signal !== null) return { text: `ended by ${cause.signal}`, at: cause.at };
  if (cause.exitCode !== null) return { text: `exited with code ${cause.exitCode}`, at: cause.at };
  return { text: cause.message, at: cause.at };
}
