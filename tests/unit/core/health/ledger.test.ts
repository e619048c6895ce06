import { describe, expect, it } from 'vitest';
import { HealthLedger } from '../../../../electron/core/health/ledger.ts';

const at = 1_700_000_000_000;

function failing(times: number): HealthLedger {
  const ledger = new HealthLedger();
  for (let n = 1; n <= times; n += 1) ledger.recordFailure('a', `error ${n}`, at + n);
  return ledger;
}

describe('HealthLedger', () => {
  it('knows nothing of a skill never checked', () => {
    const ledger = new HealthLedger();
    expect(ledger.get('a')).toBeUndefined();
    expect(ledger.allRecords()).toEqual([]);
    expect(ledger.shouldQuarantine('a')).toBe(false);
    expect(ledger.isQuarantined('a')).toBe(false);
  });

  it('enters a first success', () => {
    expect(new HealthLedger().recordSuccess('a', at)).toEqual({
      skillId: 'a',
      lastCheck: at,
      consecutiveFailures: 0,
      totalFailures: 0,
      totalChecks: 1,
      lastError: null,
      status: { kind: 'healthy' },
    });
  });

  it('enters a first failure with its error', () => {
    expect(new HealthLedger().recordFailure('a', 'boom', at)).toEqual({
      skillId: 'a',
      lastCheck: at,
      consecutiveFailures: 1,
      totalFailures: 1,
      totalChecks: 1,
      lastError: 'boom',
      status: { kind: 'failing', consecutive: 1 },
    });
  });

  it('counts a streak and shows it in the status', () => {
    expect(failing(3).get('a')).toMatchObject({
      consecutiveFailures: 3,
      totalFailures: 3,
      lastError: 'error 3',
      status: { kind: 'failing', consecutive: 3 },
    });
  });

  it('zeroes the streak and clears the error on success, and keeps the totals', () => {
    expect(failing(3).recordSuccess('a', at)).toMatchObject({
      consecutiveFailures: 0,
      totalFailures: 3,
      totalChecks: 4,
      lastError: null,
      status: { kind: 'healthy' },
    });
  });

  it('zeroes the streak when the skill answered degraded, and keeps the reason', () => {
    expect(failing(3).recordDegraded('a', 'slow', at + 9)).toMatchObject({
      lastCheck: at + 9,
      consecutiveFailures: 0,
      totalFailures: 3,
      totalChecks: 4,
      lastError: null,
      status: { kind: 'degraded', reason: 'slow' },
    });
  });

  it('starts a new streak at one after a success', () => {
    const ledger = failing(4);
    ledger.recordSuccess('a', at);
    expect(ledger.recordFailure('a', 'again', at)).toMatchObject({
      consecutiveFailures: 1,
      totalFailures: 5,
      status: { kind: 'failing', consecutive: 1 },
    });
  });

  it('marks a quarantine and keeps counts and error readable', () => {
    expect(failing(5).markQuarantined('a', 'too much')).toMatchObject({
      consecutiveFailures: 5,
      totalFailures: 5,
      lastError: 'error 5',
      status: { kind: 'quarantined', reason: 'too much' },
    });
  });

  it('quarantines a skill that was never checked', () => {
    expect(new HealthLedger().markQuarantined('a', 'by hand')).toMatchObject({
      totalChecks: 0,
      status: { kind: 'quarantined', reason: 'by hand' },
    });
  });

  it.each([
    ['success', (ledger: HealthLedger) => ledger.recordSuccess('a', at + 99)],
    ['degraded', (ledger: HealthLedger) => ledger.recordDegraded('a', 'slow', at + 99)],
    ['failure', (ledger: HealthLedger) => ledger.recordFailure('a', 'late', at + 99)],
  ])('changes nothing in quarantine when a %s arrives', (_name, record) => {
    const ledger = failing(5);
    const quarantined = ledger.markQuarantined('a', 'too much');
    expect(record(ledger)).toBe(quarantined);
    expect(ledger.get('a')).toBe(quarantined);
  });

  it('releases to unknown with streak 0; totals and the last error stay', () => {
    const ledger = failing(5);
    ledger.markQuarantined('a', 'too much');
    expect(ledger.release('a')).toMatchObject({
      consecutiveFailures: 0,
      totalFailures: 5,
      totalChecks: 5,
      lastError: 'error 5',
      status: { kind: 'unknown' },
    });
  });

  it('counts again after a release', () => {
    const ledger = failing(5);
    ledger.markQuarantined('a', 'too much');
    ledger.release('a');
    expect(ledger.recordFailure('a', 'boom', at)).toMatchObject({ consecutiveFailures: 1, totalFailures: 6 });
  });

  it('does not touch a skill that is not in quarantine when it is released', () => {
    const ledger = failing(2);
    const before = ledger.get('a');
    expect(ledger.release('a')).toBe(before);
  });

  it.each([
    [4, 5, false],
    [5, 5, true],
    [6, 5, true],
    [1, 1, true],
  ])('after %i failures with threshold %i says shouldQuarantine %s', (failures, threshold, expected) => {
    expect(failing(failures).shouldQuarantine('a', threshold)).toBe(expected);
  });

  it('takes 5 as the threshold when none is given', () => {
    expect(failing(4).shouldQuarantine('a')).toBe(false);
    expect(failing(5).shouldQuarantine('a')).toBe(true);
  });

  it('never asks for the quarantine of a skill that has no failure or is in quarantine', () => {
    const well = new HealthLedger();
    well.recordSuccess('a', at);
    expect(well.shouldQuarantine('a', 0)).toBe(false);
    const quarantined = failing(9);
    quarantined.markQuarantined('a', 'too much');
    expect(quarantined.shouldQuarantine('a')).toBe(false);
  });

  it('keeps skills apart and lists them by id', () => {
    const ledger = new HealthLedger();
    ledger.recordFailure('b', 'boom', at);
    ledger.recordSuccess('c', at);
    ledger.recordSuccess('a', at);
    expect(ledger.allRecords().map((record) => record.skillId)).toEqual(['a', 'b', 'c']);
    expect(ledger.get('a')?.totalFailures).toBe(0);
  });

  it('hands out records that later checks do not change, and that nobody can change', () => {
    const ledger = failing(1);
    const first = ledger.get('a');
    ledger.recordFailure('a', 'more', at);
    expect(first?.consecutiveFailures).toBe(1);
    expect(Object.isFrozen(first)).toBe(true);
    expect(Object.isFrozen(first?.status)).toBe(true);
  });

  it('starts from stored records, a quarantine included', () => {
    const stored = failing(5);
    stored.markQuarantined('a', 'too much');
    const ledger = new HealthLedger(stored.allRecords());
    expect(ledger.isQuarantined('a')).toBe(true);
    expect(ledger.allRecords()).toEqual(stored.allRecords());
  });

  it('restores one record in place of what it knew, without freezing the one handed in', () => {
    const ledger = failing(2);
    const stored = { ...failing(1).recordSuccess('a', at), totalChecks: 40 };
    ledger.restore(stored);
    expect(ledger.get('a')).toEqual(stored);
    expect(Object.isFrozen(stored)).toBe(false);
  });

  it('forgets a skill that is gone', () => {
    const ledger = failing(2);
    ledger.forget('a');
    expect(ledger.get('a')).toBeUndefined();
    expect(ledger.recordFailure('a', 'boom', at).totalFailures).toBe(1);
  });
});
