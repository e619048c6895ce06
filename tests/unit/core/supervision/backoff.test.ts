import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRestartConfig } from '../../../../electron/core/health/config.ts';
import {
  type BackoffState,
  isStableRun,
  nextRestart,
  stableAfterMs,
  stableBackoff,
} from '../../../../electron/core/supervision/backoff.ts';

const restartConfig = fc.record({
  firstDelaySecs: fc.double({ min: 0.1, max: 3600, noNaN: true }),
  maxDelaySecs: fc.double({ min: 1, max: 86_400, noNaN: true }),
  jitterPercent: fc.double({ min: 0, max: 100, noNaN: true }),
});
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function delays(count: number, random: () => number, config = defaultRestartConfig): number[] {
  let state = stableBackoff;
  return Array.from({ length: count }, () => {
    const next = nextRestart(state, config, random);
    state = next.state;
    return next.delayMs;
  });
}

describe('nextRestart', () => {
  it('waits 0, 1, 2, 4 … 60 s without jitter', () => {
    expect(delays(9, () => 0)).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('adds the jitter after the cap, and none to the immediate first restart', () => {
    const almostOne = () => 0.999_999;
    expect(delays(8, almostOne).at(0)).toBe(0);
    expect(delays(8, almostOne).at(1)).toBe(1199);
    expect(delays(8, almostOne).at(-1)).toBe(71_999);
  });

  it('draws once for each delayed restart and not at all for an immediate one', () => {
    let drawn = 0;
    const random = () => {
      drawn += 1;
      return 0.5;
    };
    delays(1, random);
    expect(drawn).toBe(0);
    delays(4, random);
    expect(drawn).toBe(3);
  });

  it('follows the configuration, also where the first delay is above the cap', () => {
    const config = { ...defaultRestartConfig, firstDelaySecs: 10, maxDelaySecs: 3, jitterPercent: 0 };
    expect(delays(3, () => 0.9, config)).toEqual([0, 3000, 3000]);
  });

  it('begins anew from the stable state and leaves the old state as it was', () => {
    const before: BackoffState = { restartsSinceStable: 4, delayMs: 8000 };
    const { state } = nextRestart(before, defaultRestartConfig, () => 0);
    expect(state).toEqual({ restartsSinceStable: 5, delayMs: 8000 });
    expect(before).toEqual({ restartsSinceStable: 4, delayMs: 8000 });
    expect(delays(1, () => 0)).toEqual([0]);
  });

  it('always stays within the base and its jitter, never above the jittered cap, in whole milliseconds', () => {
    fc.assert(
      fc.property(restartConfig, fc.integer({ min: 0, max: 5000 }), unit, (config, restarts, drawn) => {
        const before = { restartsSinceStable: restarts, delayMs: 0 };
        const { delayMs, state } = nextRestart(before, config, () => drawn);
        const base =
          restarts === 0
            ? 0
            : Math.round(Math.min(config.firstDelaySecs * 2 ** (restarts - 1), config.maxDelaySecs) * 1000);
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(base);
        expect(delayMs).toBeLessThanOrEqual(base * (1 + config.jitterPercent / 100));
        expect(state).toEqual({ restartsSinceStable: restarts + 1, delayMs });
      }),
    );
  });

  it('never gets shorter from one restart to the next, jitter aside', () => {
    fc.assert(
      fc.property(restartConfig, (config) => {
        const all = delays(20, () => 0, { ...defaultRestartConfig, ...config });
        expect([...all].sort((a, b) => a - b)).toEqual(all);
      }),
    );
  });
});

describe('a stable run', () => {
  it('takes stableAfterSecs while delays are short', () => {
    expect(stableAfterMs(stableBackoff, 60)).toBe(60_000);
    expect(stableAfterMs({ restartsSinceStable: 5, delayMs: 30_000 }, 60)).toBe(60_000);
  });

  it('takes twice the current delay when that is longer, so that dying after each reset does not pay', () => {
    expect(stableAfterMs({ restartsSinceStable: 9, delayMs: 71_999 }, 60)).toBe(143_998);
  });

  it('is reached exactly at the limit', () => {
    const state = { restartsSinceStable: 9, delayMs: 50_000 };
    expect(isStableRun(99_999, state, 60)).toBe(false);
    expect(isStableRun(100_000, state, 60)).toBe(true);
  });
});
