import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedAction,
  isWatched,
  judgeTrial,
  TRIAL_WINDOW_MS,
  type TrialEvent,
  type TrialVerdict,
} from '../../../../electron/core/fixes/trial.ts';
import type { FixMatch, FixPattern, FixTrial } from '../../../../shared/model/fix.ts';

const T0 = 1_760_000_000_000;
const SAME = { kind: 'failed', signature: 'valueerror: <num>' } as const;
const OTHER = { kind: 'failed', signature: 'keyerror: "x"' } as const;
const HEALTHY = { kind: 'healthy' } as const;
const IN_FORCE = { kind: 'in-force' } as const;

const fresh: FixTrial = {
  id: 1,
  fixId: 7,
  skillId: 'bank',
  incidentId: 3,
  signature: SAME.signature,
  origin: 'user',
  appliedAt: T0,
  state: 'watching',
  inForce: false,
  healthyChecks: 0,
  failedChecks: 0,
  decidedAt: null,
};

/** The trial after these events, a second apart, and every verdict on the way. */
function judged(events: readonly TrialEvent[], trial = fresh, from = T0) {
  const verdicts: (TrialVerdict | null)[] = [];
  let now = trial;
  events.forEach((event, index) => {
    const step = judgeTrial(now, event, from + (index + 1) * 1000);
    now = step.trial;
    if (step.verdict !== null) verdicts.push(step.verdict);
  });
  return { trial: now, verdicts };
}

describe('an applied fix', () => {
  it('has worked after three healthy checks in a row, once', () => {
    expect(judged([HEALTHY, HEALTHY]).trial.state).toBe('watching');
    const { trial, verdicts } = judged([HEALTHY, HEALTHY, HEALTHY, HEALTHY]);
    expect(trial).toMatchObject({ state: 'worked', decidedAt: T0 + 3000 });
    expect(verdicts).toEqual(['worked']);
  });

  it('has failed when the same error is back after a healthy check', () => {
    expect(judged([HEALTHY, SAME])).toMatchObject({ trial: { state: 'failed' }, verdicts: ['failed'] });
  });

  it('has failed at the first same error once it is in force', () => {
    expect(judged([IN_FORCE, SAME]).verdicts).toEqual(['failed']);
  });

  it('is given time before it is in force: the third same error decides', () => {
    expect(judged([SAME, SAME]).trial.state).toBe('watching');
    expect(judged([SAME, SAME, SAME]).verdicts).toEqual(['failed']);
    expect(judged([SAME, SAME, HEALTHY, HEALTHY, HEALTHY]).verdicts).toEqual(['worked']);
  });

  it('says nothing about another error, which only breaks the row', () => {
    const { trial, verdicts } = judged([HEALTHY, HEALTHY, OTHER, HEALTHY, HEALTHY]);
    expect(trial).toMatchObject({ state: 'watching', healthyChecks: 2 });
    expect(verdicts).toEqual([]);
  });

  it('that worked and whose error is back within a day is a regression: the success is taken back', () => {
    const worked = judged([HEALTHY, HEALTHY, HEALTHY]).trial;
    const back = judgeTrial(worked, SAME, T0 + TRIAL_WINDOW_MS - 1);
    expect(back).toMatchObject({ trial: { state: 'regressed' }, verdict: 'corrected' });
    const late = judgeTrial(worked, SAME, T0 + TRIAL_WINDOW_MS);
    expect(late).toEqual({ trial: worked, verdict: null });
  });

  it('that is decided stays the same value: a day of healthy checks writes nothing', () => {
    const worked = judged([HEALTHY, HEALTHY, HEALTHY]).trial;
    for (const event of [HEALTHY, OTHER, IN_FORCE, { kind: 'time' } as const])
      expect(judgeTrial(worked, event, T0 + 9000).trial).toBe(worked);
  });

  it('is unclear when a day passes, or another fix is tried instead', () => {
    expect(judgeTrial(fresh, { kind: 'time' }, T0 + TRIAL_WINDOW_MS).trial.state).toBe('unclear');
    expect(judgeTrial(fresh, HEALTHY, T0 + TRIAL_WINDOW_MS)).toMatchObject({ verdict: null });
    expect(judged([{ kind: 'superseded' }])).toMatchObject({ trial: { state: 'unclear' }, verdicts: [] });
    const worked = judged([HEALTHY, HEALTHY, HEALTHY]).trial;
    expect(judgeTrial(worked, { kind: 'superseded' }, T0 + 9000).trial).toEqual(worked);
  });

  it('counts at most one success and one failure, whatever happens, and a decision stands', () => {
    const event = fc.constantFrom<TrialEvent>(
      HEALTHY,
      SAME,
      OTHER,
      IN_FORCE,
      { kind: 'time' },
      {
        kind: 'superseded',
      },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { trial, verdicts } = judged(events);
        expect([[], ['worked'], ['failed'], ['worked', 'corrected']]).toContainEqual(verdicts);
        expect(trial.state === 'watching').toBe(trial.decidedAt === null);
        if (!isWatched(trial, T0 + 60_000)) {
          expect(judgeTrial(trial, HEALTHY, T0 + 60_000).trial).toEqual(trial);
          expect(judgeTrial(trial, SAME, T0 + 60_000).verdict).toBeNull();
        }
      }),
    );
  });
});

describe('a fix that is applied by itself', () => {
  const pattern: FixPattern = {
    id: 7,
    errorSignature: SAME.signature,
    fixDescription: 'Restart it',
    successCount: 1,
    failureCount: 0,
    createdAt: T0,
    updatedAt: T0,
    lastUsedAt: null,
    sample: '',
    signatureVersion: 1,
    safeAction: 'restart',
    autoApply: true,
  };
  const match = (change: Partial<FixPattern>, tier: FixMatch['tier'] = 'exact') => ({
    pattern: { ...pattern, ...change },
    tier,
  });

  it('needs permission, an action and the very error', () => {
    expect(allowedAction(match({}), 'bank', [], T0)).toBe('restart');
    expect(allowedAction(match({}, 'exact-here'), 'bank', [], T0)).toBe('restart');
    expect(allowedAction(match({ autoApply: false }), 'bank', [], T0)).toBeNull();
    const { autoApply: _allowed, ...unsaid } = pattern;
    expect(allowedAction({ pattern: unsaid, tier: 'exact' }, 'bank', [], T0)).toBeNull();
    for (const tier of ['root-cause', 'phrase', 'similar'] as const)
      expect(allowedAction(match({}, tier), 'bank', [], T0)).toBeNull();
    const { safeAction: _action, ...idle } = pattern;
    expect(allowedAction({ pattern: idle, tier: 'exact' }, 'bank', [], T0)).toBeNull();
  });

  it('is not repeated where it has just been tried in vain, or is being tried', () => {
    for (const state of ['watching', 'failed', 'regressed', 'unclear'] as const)
      expect(allowedAction(match({}), 'bank', [{ ...fresh, state }], T0 + 1), state).toBeNull();
    expect(allowedAction(match({}), 'bank', [{ ...fresh, state: 'worked' }], T0 + 1)).toBe('restart');
    expect(allowedAction(match({}), 'shop', [{ ...fresh, state: 'failed' }], T0 + 1)).toBe('restart');
    const later = T0 + TRIAL_WINDOW_MS;
    expect(allowedAction(match({}), 'bank', [{ ...fresh, state: 'failed' }], later)).toBe('restart');
  });
});
