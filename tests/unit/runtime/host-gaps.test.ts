import { describe, expect, it } from 'vitest';
import type { HostGap } from '../../../electron/core/supervision/host-watch.ts';
import { hostGapHandler } from '../../../electron/runtime/host-gaps.ts';

const gap: HostGap = {
  kind: 'asleep',
  fromMonotonicMs: 1000,
  toMonotonicMs: 3_601_000,
  fromWallMs: 1_700_000_000_000,
  toWallMs: 1_700_003_600_000,
  wallDriftMs: 0,
};

function told(met: HostGap): string[] {
  const said: string[] = [];
  hostGapHandler({
    actions: {
      record(entry) {
        said.push(`${entry.kind} at ${entry.at}`);
        return { id: 1, at: 0, result: 'done', ...entry };
      },
    },
    taskRunner: { clockJumped: () => said.push('tasks') },
    notifications: { hostAwoke: () => said.push('notifications') },
    report: (message) => said.push(message),
  })(met);
  return said;
}

describe('what the host was not there for', () => {
  it('sleep is told, marked in the history by its two ends, and known to the notices', () => {
    expect(told(gap)).toEqual([
      'host asleep: 3600.0 s without a tick; checks of that time are not judged',
      'notifications',
      'hostAsleep at 1700000000000',
      'hostAwake at 1700003600000',
    ]);
  });

  it('a blocked loop is told and not marked; a set clock moves the tasks, and is marked where it may have been sleep', () => {
    expect(told({ ...gap, kind: 'blocked' })).toHaveLength(1);
    expect(told({ ...gap, kind: 'clock-jump', wallDriftMs: -3_600_000 })).toEqual([
      expect.any(String),
      'tasks',
    ]);
    expect(told({ ...gap, kind: 'clock-jump', wallDriftMs: 3_600_000 }).slice(1)).toEqual([
      'tasks',
      'hostAsleep at 1700000000000',
      'hostAwake at 1700003600000',
    ]);
  });
});
