import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultHealthMonitorConfig } from '../../../../electron/core/health/config.ts';
import { HealthMonitor } from '../../../../electron/core/health/monitor.ts';
import type { HealthMonitorConfig } from '../../../../shared/model/config.ts';
import { causeKinds, type HealthAction, type HealthCheckOutcome } from '../../../../shared/model/health.ts';

type Step =
  | {
      readonly do: 'check';
      readonly skillId: string;
      readonly outcome: HealthCheckOutcome;
      readonly afterMs: number;
    }
  | { readonly do: 'quarantine' | 'release-trial' | 'release-force' | 'drain'; readonly skillId: string };

const text = fc.constantFrom('boom', 'no python', 'timed out', '');
const cause = fc.option(fc.constantFrom(...causeKinds), { nil: undefined });
const outcome: fc.Arbitrary<HealthCheckOutcome> = fc.oneof(
  fc.constant<HealthCheckOutcome>({ kind: 'healthy' }),
  text.map((detail): HealthCheckOutcome => ({ kind: 'degraded', detail })),
  fc.tuple(text, cause).map(([error, kind]): HealthCheckOutcome => ({ kind: 'failed', error, cause: kind })),
  fc
    .tuple(text, cause)
    .map(([reason, kind]): HealthCheckOutcome => ({ kind: 'unreachable', reason, cause: kind })),
);
const skillId = fc.constantFrom('a', 'b');
const check = fc.record({
  do: fc.constant('check' as const),
  skillId,
  outcome,
  afterMs: fc.integer({ min: 0, max: 400_000 }),
});
const order = fc.record({
  do: fc.constantFrom(
    'quarantine' as const,
    'release-trial' as const,
    'release-force' as const,
    'drain' as const,
  ),
  skillId,
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ arbitrary: check, weight: 8 }, { arbitrary: order, weight: 1 }),
  { maxLength: 80 },
);
const config: fc.Arbitrary<HealthMonitorConfig> = fc
  .record({
    autoRestart: fc.boolean(),
    autoQuarantine: fc.boolean(),
    maxConsecutiveFailures: fc.integer({ min: 1, max: 6 }),
    maxFailuresInWindow: fc.integer({ min: 1, max: 8 }),
  })
  .map((part) => ({ ...defaultHealthMonitorConfig, ...part }));

/** Carries out the steps and calls `look` after each with the actions it gave. */
function run(
  rules: HealthMonitorConfig,
  all: readonly Step[],
  look: (monitor: HealthMonitor, step: Step, actions: readonly HealthAction[], nowMs: number) => void,
): void {
  const monitor = new HealthMonitor(rules);
  let nowMs = 1_700_000_000_000;
  for (const step of all) {
    let actions: readonly HealthAction[] = [];
    if (step.do === 'check') {
      nowMs += step.afterMs;
      actions = monitor.processCheckResult(step.skillId, step.outcome, nowMs);
    } else if (step.do === 'quarantine') monitor.quarantine(step.skillId, 'by hand', nowMs);
    else if (step.do === 'drain') actions = monitor.pendingActions();
    else monitor.release(step.skillId, step.do === 'release-trial' ? 'trial' : 'force', nowMs);
    look(monitor, step, actions, nowMs);
  }
}

describe('whatever happens', () => {
  it('totals never fall, and the streak is never above the totals', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const seen = new Map<string, { checks: number; failures: number }>();
        run(rules, all, (monitor) => {
          for (const record of monitor.ledger.allRecords()) {
            const before = seen.get(record.skillId) ?? { checks: 0, failures: 0 };
            expect(record.totalChecks).toBeGreaterThanOrEqual(before.checks);
            expect(record.totalFailures).toBeGreaterThanOrEqual(before.failures);
            expect(record.totalFailures).toBeLessThanOrEqual(record.totalChecks);
            expect(record.consecutiveFailures).toBeLessThanOrEqual(record.totalFailures);
            seen.set(record.skillId, { checks: record.totalChecks, failures: record.totalFailures });
          }
        });
      }),
    );
  });

  it('a quarantined skill never yields a restart, neither at once nor from the queue', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const drained: Step[] = [...all, { do: 'drain', skillId: 'a' }];
        run(rules, drained, (monitor, _step, actions) => {
          const restarted = actions.filter((action) => action.kind === 'restartSkill');
          for (const action of restarted) expect(monitor.ledger.isQuarantined(action.skillId)).toBe(false);
        });
      }),
    );
  });

  it('only a person ends a quarantine, and it changes nothing meanwhile', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const held = new Map<string, unknown>();
        run(rules, all, (monitor, step, actions) => {
          const record = monitor.ledger.get(step.skillId);
          if (step.do === 'check' && held.has(step.skillId)) {
            expect(record).toBe(held.get(step.skillId));
            expect(actions).toEqual([]);
          }
          if (record?.status.kind === 'quarantined') held.set(step.skillId, record);
          else held.delete(step.skillId);
        });
      }),
    );
  });

  it('the same inputs give the same actions and records', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const first: unknown[] = [];
        const second: unknown[] = [];
        run(rules, all, (monitor, _step, actions) => first.push(actions, monitor.ledger.allRecords()));
        run(rules, all, (monitor, _step, actions) => second.push(actions, monitor.ledger.allRecords()));
        expect(second).toEqual(first);
      }),
    );
  });

  it('one skill does not move another', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const ofA: unknown[] = [];
        const alone: unknown[] = [];
        // Waiting times are kept, so that both runs give skill a the same clock.
        const onlyA = all.map((step): Step => (step.skillId === 'a' ? step : { ...step, skillId: 'c' }));
        const noteA =
          (into: unknown[]) => (_m: HealthMonitor, step: Step, actions: readonly HealthAction[]) => {
            if (step.skillId === 'a' && step.do === 'check') into.push(actions);
          };
        run(rules, all, noteA(ofA));
        run(rules, onlyA, noteA(alone));
        expect(alone).toEqual(ofA);
      }),
    );
  });

  it('a failure is never met with silence: restart, quarantine, or a word in this stretch of trouble', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        run(rules, all, (monitor, step, actions) => {
          if (step.do !== 'check' || actions.length > 0) return;
          if (step.outcome.kind === 'healthy' || step.outcome.kind === 'degraded') return;
          if (step.outcome.cause === 'killed-by-us' || monitor.ledger.isQuarantined(step.skillId)) return;
          expect(monitor.exportState(step.skillId).trouble?.told).not.toEqual([]);
        });
      }),
    );
  });

  it('a non-failure is met with at most one message and nothing else; a recovery only after something was said', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        const said = new Set<string>();
        run(rules, all, (_monitor, step, actions) => {
          if (step.do !== 'check') return;
          if (step.outcome.kind === 'healthy' || step.outcome.kind === 'degraded') {
            expect(actions.length).toBeLessThanOrEqual(1);
          }
          for (const action of actions) {
            if (action.kind !== 'notifyUser') continue;
            if (action.topic === 'recovered') expect(said.delete(step.skillId)).toBe(true);
            else said.add(step.skillId);
          }
        });
      }),
    );
  });

  it('what is kept of a skill stays small', () => {
    fc.assert(
      fc.property(config, steps, (rules, all) => {
        run(rules, all, (monitor, step, _actions, nowMs) => {
          expect(monitor.failuresInWindow(step.skillId, nowMs)).toBeLessThanOrEqual(
            rules.maxFailuresInWindow,
          );
          const { trouble } = monitor.exportState(step.skillId);
          expect(trouble?.told.length ?? 0).toBeLessThanOrEqual(4);
          expect(trouble?.configurationMessages.length ?? 0).toBeLessThanOrEqual(8);
        });
      }),
    );
  });

  it('a state taken through JSON into a new monitor decides the same way, the window aside', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const rules = { ...defaultHealthMonitorConfig, maxFailuresInWindow: 1000 };
        let earlier = new HealthMonitor(rules);
        let nowMs = 0;
        run(rules, before, (monitor, _step, _actions, at) => {
          earlier = monitor;
          nowMs = at;
        });
        const later = new HealthMonitor(rules);
        for (const record of earlier.ledger.allRecords()) {
          later.ledger.restore(JSON.parse(JSON.stringify(record)));
          later.restoreState(record.skillId, JSON.parse(JSON.stringify(earlier.exportState(record.skillId))));
        }
        for (const step of after) {
          if (step.do !== 'check') continue;
          nowMs += step.afterMs;
          expect(later.processCheckResult(step.skillId, step.outcome, nowMs)).toEqual(
            earlier.processCheckResult(step.skillId, step.outcome, nowMs),
          );
        }
      }),
    );
  });
});
