import { describe, expect, it } from 'vitest';
import { FixPatternStore } from '../../../../electron/core/fixes/store.ts';
import { eventForFleet } from '../../../../electron/core/fleet/what-leaves.ts';

describe('what a host tells its fleet', () => {
  it('leaves out what it only heard from there about a fix', () => {
    const pattern = new FixPatternStore().recordFix('KeyError: "a"', 'Log in again');
    const origin = { hostId: 'beta', name: 'Beta' };
    const told = (change: Partial<typeof pattern>) =>
      eventForFleet({
        event: 'fix.changed',
        payload: { fixId: 1, pattern: { ...pattern, ...change } },
      });
    expect(told({ origin, successCount: 0 })).toBeNull();
    expect(told({ origin, successCount: 0, failureCount: 1 })).not.toBeNull();
    expect(told({})).not.toBeNull();
    expect(eventForFleet({ event: 'fix.changed', payload: { fixId: 1, pattern: null } })).not.toBeNull();
  });
});
