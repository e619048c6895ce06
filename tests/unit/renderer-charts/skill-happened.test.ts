import { describe, expect, it } from 'vitest';
import { storyOf } from '../../../renderer/components/happened.ts';
import type { Action } from '../../../shared/model/action.ts';
import { MINUTE, T0 } from './build.ts';
import { check } from './build-skill.ts';

const restart: Action = {
  id: 1,
  at: T0 + 90_000,
  kind: 'restartSkill',
  skillId: 'weather',
  origin: 'monitor',
  reason: 'attempt 1',
  result: 'done',
};
const healthy = { kind: 'healthy' as const };
const failed = { kind: 'failed' as const, error: 'ConnectError: nobody there\n  at line 3' };

describe('storyOf', () => {
  it('tells turns, not every check, and how long the trouble lasted', () => {
    const checks = [
      check(4 * MINUTE, healthy),
      check(3 * MINUTE, healthy),
      check(2 * MINUTE, failed),
      check(MINUTE, failed),
      check(0, healthy),
    ];
    expect(storyOf([], checks)).toMatchObject([
      { at: T0 + 3 * MINUTE, state: 'ok', title: 'Healthy again', note: 'after 2 min of trouble' },
      {
        at: T0 + MINUTE,
        state: 'bad',
        title: 'Check failed: ConnectError: nobody there',
        note: '2 checks in a row',
      },
    ]);
  });

  it('measures trouble from its beginning, also when it changed its kind', () => {
    const checks = [
      check(3 * MINUTE, healthy),
      check(2 * MINUTE, { kind: 'degraded', detail: 'slow' }),
      check(MINUTE, { kind: 'unreachable', reason: 'exit code 1' }),
      check(0, healthy),
    ];
    expect(storyOf([], checks).map((one) => one.title)).toEqual([
      'Healthy again',
      'Degraded: slow',
      'Unreachable: exit code 1',
    ]);
    expect(storyOf([], checks)[0]?.note).toBe('after 2 min of trouble');
  });

  it('weaves actions in, newest first, with who and why', () => {
    const story = storyOf([restart], [check(2 * MINUTE, healthy), check(MINUTE, failed), check(0, healthy)]);
    expect(story.map((one) => one.title)).toEqual([
      'Healthy again',
      'Restarted',
      'Check failed: ConnectError: nobody there',
    ]);
    expect(story[1]?.note).toBe('monitor · attempt 1');
  });

  it('does not pass a failed action off as done', () => {
    const [told] = storyOf([{ ...restart, result: 'failed: no Python' }], []);
    expect(told).toMatchObject({ state: 'bad', title: 'Restarted: did not work' });
    expect(told?.note).toContain('failed: no Python');
  });

  it('leaves notices out: what they tell stands here already', () => {
    expect(storyOf([{ ...restart, kind: 'notifyUser' }], [])).toEqual([]);
  });
});
