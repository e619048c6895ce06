import { describe, expect, it } from 'vitest';
import { displayState, errorOf, needsAttention } from '../../../renderer/components/display-state.ts';
import { failing, makeSkill, quarantined } from './make-skill.ts';

describe('displayState', () => {
  it.each([
    ['a healthy skill', makeSkill('a'), 'ok', 'Healthy'],
    [
      'a slow one',
      makeSkill('a', { health: { status: { kind: 'degraded', reason: 'slow' } } }),
      'warn',
      'Degraded',
    ],
    ['a failing one', failing('a', 1), 'bad', 'Failing'],
    ['one in quarantine', quarantined('a'), 'quar', 'Quarantined'],
    [
      'one without a check',
      makeSkill('a', { health: { status: { kind: 'unknown' } } }),
      'none',
      'Not checked yet',
    ],
    ['a first start', makeSkill('a', { process: { state: 'starting' } }), 'busy', 'Starting'],
    ['a later start', makeSkill('a', { process: { state: 'starting', restarts: 2 } }), 'busy', 'Restarting'],
    ['a stop', makeSkill('a', { process: { state: 'stopping' } }), 'busy', 'Stopping'],
    ['one that could not start', makeSkill('a', { process: { state: 'failed' } }), 'bad', 'Failed'],
    ['a pause', makeSkill('a', { paused: true, process: { state: 'stopped' } }), 'off', 'Paused'],
    ['one out of service', makeSkill('a', { lifecycle: 'disabled' }), 'off', 'Disabled'],
    [
      'a bad manifest',
      makeSkill('a', { broken: { file: 'manifest.toml', line: 3, message: 'no id' } }),
      'bad',
      'Broken',
    ],
  ])('shows %s', (_what, skill, state, word) => {
    expect(displayState(skill)).toEqual({ state, word });
  });

  it('keeps the verdict from the second failure on, or it would flicker at every attempt', () => {
    const waiting = { process: { state: 'backoff', restarts: 1 } } as const;
    expect(displayState(failing('a', 1, waiting)).word).toBe('Restarting');
    expect(displayState(failing('a', 2, waiting)).word).toBe('Failing');
    expect(displayState(failing('a', 2, { process: { state: 'starting', restarts: 2 } })).word).toBe(
      'Failing',
    );
  });

  it('lets what a person decided go before what checks say', () => {
    expect(displayState(failing('a', 3, { paused: true })).word).toBe('Paused');
    expect(displayState(failing('a', 3, { lifecycle: 'quarantined' })).word).toBe('Quarantined');
  });
});

describe('needsAttention', () => {
  it('calls for a person when failing or quarantined, not when degraded or paused', () => {
    const degraded = makeSkill('d', { health: { status: { kind: 'degraded', reason: 'slow' } } });
    const all = [
      failing('f', 2),
      quarantined('q'),
      degraded,
      makeSkill('p', { paused: true }),
      makeSkill('ok'),
    ];
    expect(all.filter(needsAttention).map((skill) => skill.id)).toEqual(['f', 'q']);
  });
});

describe('errorOf', () => {
  it('names file and line of a broken manifest', () => {
    const broken = makeSkill('a', { broken: { file: 'manifest.toml', line: 7, message: 'no id' } });
    expect(errorOf(broken)).toBe('manifest.toml:7: no id');
  });
  it('prefers the last error to the reason of the quarantine', () => {
    const skill = makeSkill('a', {
      health: { lastError: 'token expired', status: { kind: 'quarantined', reason: '5 failures' } },
    });
    expect(errorOf(skill)).toBe('token expired');
    expect(errorOf(quarantined('q'))).toBe('5 failures in a row');
  });
  it('is null for a skill that is well', () => {
    expect(errorOf(makeSkill('a'))).toBeNull();
  });
});
