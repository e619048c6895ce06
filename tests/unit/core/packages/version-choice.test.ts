import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replacePlan } from '../../../../electron/core/packages/lifecycle.ts';
import { rollbackTarget, versionsToDrop } from '../../../../electron/core/packages/version-choice.ts';

const version = (versionId: string, installedAt: number, healthyAt: number | null, current = false) => ({
  ...{ versionId, installedAt, healthyAt, current },
});

describe('what a rollback goes to', () => {
  it('is the newest version before the current one that was healthy', () => {
    const versions = [
      version('a', 1, 10),
      version('b', 2, 20),
      version('c', 3, null),
      version('d', 4, 40, true),
    ];
    expect(rollbackTarget(versions)?.versionId).toBe('b');
  });

  it('never is a later one: after a rollback the version that was left is no way forward', () => {
    const versions = [version('a', 1, 10, true), version('b', 2, 20)];
    expect(rollbackTarget(versions)).toBeNull();
    expect(rollbackTarget(versions, 'b')?.versionId).toBe('b');
  });

  it('is what a person names, but not what is in force or unknown', () => {
    const versions = [version('a', 1, null), version('b', 2, 5, true)];
    expect(rollbackTarget(versions)).toBeNull();
    expect(rollbackTarget(versions, 'a')?.versionId).toBe('a');
    expect(rollbackTarget(versions, 'b')).toBeNull();
    expect(rollbackTarget(versions, 'z')).toBeNull();
  });
});

describe('which versions go', () => {
  it('never the one in force nor the one a rollback goes to, and no more than needed', () => {
    const some = fc.uniqueArray(fc.record({ at: fc.nat(50), healthy: fc.boolean() }), {
      selector: ({ at }) => at,
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, fc.nat(), fc.integer({ min: 2, max: 6 }), (list, pick, keep) => {
        const versions = list.map(({ at, healthy }, index) =>
          version(`v${at}`, at, healthy ? at : null, index === pick % list.length),
        );
        const target = rollbackTarget(versions);
        const dropped = versionsToDrop(versions, keep);
        expect(dropped.some(({ current }) => current)).toBe(false);
        expect(target === null || !dropped.includes(target)).toBe(true);
        expect(versions.length - dropped.length).toBe(Math.min(versions.length, keep));
        const left = versions.filter((one) => !dropped.includes(one) && !one.current && one !== target);
        for (const gone of dropped)
          for (const stays of left) expect(gone.installedAt).toBeLessThan(stays.installedAt);
      }),
    );
  });
});

describe('what becomes of a skill whose files are replaced', () => {
  it.each([
    ['active', false, 'test'],
    ['active', true, 'keep'],
    ['pending', false, 'test'],
    ['disabled', false, 'keep'],
    ['quarantined', false, 'keep'],
    ['testing', false, 'busy'],
  ] as const)('%s, paused %s: %s', (lifecycle, paused, plan) => {
    expect(replacePlan({ lifecycle, paused })).toBe(plan);
  });
});
