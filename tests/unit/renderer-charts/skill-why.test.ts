import { describe, expect, it } from 'vitest';
import { endingOf, whyOf } from '../../../renderer/screens/skill/why.ts';
import { T0 } from './build.ts';
import { buildFailing, buildSkill } from './build-skill.ts';

function facts(skill: ReturnType<typeof buildSkill>) {
  return Object.fromEntries(whyOf(skill).facts.map((fact) => [fact.label, fact.value]));
}

describe('whyOf', () => {
  it('of a healthy skill tells the checks and nothing to worry about', () => {
    const why = whyOf(buildSkill());
    expect(why).toMatchObject({ state: 'ok', word: 'Healthy', since: T0, error: null, next: null });
    expect(facts(buildSkill())).toEqual({
      'next check': { kind: 'in', at: T0 + 300_000 },
      'last answer': { kind: 'latency', ms: 41 },
      'last check': { kind: 'ago', at: T0 },
    });
  });

  it('of a failing skill tells how near both limits are and when it is tried again', () => {
    const { process } = buildSkill();
    const failing = buildFailing(3, {
      process: { ...process, state: 'backoff', pid: null, nextAttemptAt: T0 + 9000, backoffMs: 4270 },
    });
    expect(facts(failing)).toEqual({
      'in a row': { kind: 'count', count: 3, of: 5 },
      'in 10 min': { kind: 'count', count: 3, of: 10 },
      'next attempt': { kind: 'in', at: T0 + 9000 },
    });
    expect(whyOf(failing).facts.at(-1)?.note).toBe('waits 4.3 s');
    expect(whyOf(failing).error).toBe('ConnectError: nobody there');
  });

  it('names no limit where nothing is quarantined by itself, and says so', () => {
    const config = buildSkill().config;
    const watched = buildFailing(7, {
      config: { ...config, health: { ...config.health, autoQuarantine: false, autoRestart: false } },
    });
    expect(facts(watched)['in a row']).toEqual({ kind: 'count', count: 7, of: null });
    expect(whyOf(watched).next).toContain('only watched');
  });

  it.each([
    ['quarantined', buildFailing(5, { lifecycle: 'quarantined' }), 'releases'],
    ['paused', buildSkill({ paused: true }), 'started again'],
    ['disabled', buildSkill({ lifecycle: 'disabled' }), 'activated'],
    ['on trial', buildSkill({ trialChecksLeft: 2 }), '2 more checks'],
    ['failed by its configuration', failedByConfiguration(), 'Not retried in a loop'],
    [
      'broken',
      buildSkill({ broken: { file: 'manifest.toml', line: 7, message: 'no entry_file' } }),
      'mended',
    ],
  ])('says what has to happen when it is %s', (_, skill, words) => {
    expect(whyOf(skill).next).toContain(words);
  });

  it('of a broken skill names file and line', () => {
    const broken = buildSkill({ broken: { file: 'manifest.toml', line: 7, message: 'no entry_file' } });
    expect(whyOf(broken).error).toBe('manifest.toml:7: no entry_file');
    expect(whyOf(broken).facts).toEqual([]);
  });
});

describe('endingOf', () => {
  it('prefers the signal, then the exit code', () => {
    const { process } = buildSkill();
    const cause = { kind: 'exit' as const, message: 'gone', exitCode: 1, signal: null, at: T0 };
    const ended = (over: Partial<typeof cause> | { signal: string; exitCode: null }) =>
      endingOf(buildSkill({ process: { ...process, cause: { ...cause, ...over } } }))?.text;
    expect(ended({})).toBe('exited with code 1');
    expect(ended({ signal: 'SIGSEGV', exitCode: null })).toBe('ended by SIGSEGV');
    expect(endingOf(buildSkill())).toBeNull();
  });
});

function failedByConfiguration() {
  const { process } = buildSkill();
  const cause = {
    kind: 'configuration' as const,
    message: 'python3.9 not found',
    exitCode: null,
    signal: null,
    at: T0,
  };
  return buildSkill({ process: { ...process, state: 'failed', pid: null, cause } });
}
