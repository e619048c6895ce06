import type { Check, HealthCheckOutcome, OutcomeKind } from '../../shared/model/health.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { StateKind } from './display-state.ts';

const WORDS: Readonly<Record<OutcomeKind, { readonly state: StateKind; readonly word: string }>> = {
  healthy: { state: 'ok', word: 'Healthy' },
  degraded: { state: 'warn', word: 'Degraded' },
  failed: { state: 'bad', word: 'Failed' },
  unreachable: { state: 'bad', word: 'Unreachable' },
};

/** The shape and the word of one outcome. */
export function outcomeWords(kind: OutcomeKind): { readonly state: StateKind; readonly word: string } {
  return WORDS[kind];
}

/** What a check found wrong; null for a healthy one. The outcome's own words before the stored error. */
export function errorOfCheck(check: Check): string | null {
  return detailOf(check.outcome) ?? check.error ?? null;
}

/** What was asked, as it goes over the wire: each protocol has its own question. */
export function questionOf({ protocol, mode }: Pick<Skill, 'protocol' | 'mode'>): string {
  if (mode === 'one-shot') return 'execute';
  return protocol === 'mcp' ? 'ping' : 'skill.health';
}

/** What came back, in words: the outcome and what the skill said with it. */
export function answerOf(check: Check, latency: string | null): string {
  if (latency === null) return 'none';
  const said = detailOf(check.outcome);
  return `${outcomeWords(check.outcome.kind).word.toLowerCase()} after ${latency}${said === null ? '' : ': see below'}`;
}

function detailOf(outcome: HealthCheckOutcome): string | null {
  switch (outcome.kind) {
    case 'healthy':
      return null;
    case 'degraded':
      return outcome.detail;
    case 'failed':
      return outcome.error;
    case 'unreachable':
      return outcome.reason;
  }
}
