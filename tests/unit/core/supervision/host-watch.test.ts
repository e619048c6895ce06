import { describe, expect, it } from 'vitest';
import { HostWatch, wasAway } from '../../../../electron/core/supervision/host-watch.ts';

const wall0 = 1_700_000_000_000;

/** A watch with a pulse of 500 ms; `beat` lets time pass on both clocks, apart if asked to. */
function pulse() {
  const watch = new HostWatch();
  let mono = 1000;
  let wall = wall0;
  const beat = (monoMs = 500, wallMs = monoMs) => {
    mono += monoMs;
    wall += wallMs;
    return watch.tick({ monotonicMs: mono, wallMs: wall, expectedGapMs: 500 });
  };
  watch.tick({ monotonicMs: mono, wallMs: wall, expectedGapMs: 500 });
  return { watch, beat, mono: () => mono };
}

describe('rule 7: the host itself', () => {
  it('has nothing to say about its first tick or an even pulse', () => {
    const { watch, beat, mono } = pulse();
    expect([beat(), beat(), beat()]).toEqual([null, null, null]);
    expect(watch.hostAtFaultBetween(0, mono())).toBe(false);
  });

  it('lets a tick be a second late', () => {
    const { watch, beat, mono } = pulse();
    expect(beat(1500)).toBeNull();
    expect(watch.hostAtFaultBetween(0, mono())).toBe(false);
  });

  it('knows a blocked event loop', () => {
    const { watch, beat } = pulse();
    expect(beat(1501)).toEqual({
      kind: 'blocked',
      fromMonotonicMs: 1000,
      toMonotonicMs: 2501,
      fromWallMs: wall0,
      toWallMs: wall0 + 1501,
      wallDriftMs: 0,
    });
    expect(watch.hostAtFaultBetween(2000, 2400)).toBe(true);
  });

  it('knows sleep where the monotonic clock went on', () => {
    expect(pulse().beat(8 * 3_600_000)?.kind).toBe('asleep');
  });

  it.each([86_400_000, -86_400_000, 2501, -2001])(
    'knows a wall clock that moved by %d ms on its own',
    (drift) => {
      const { watch, beat, mono } = pulse();
      expect(beat(500, 500 + drift)).toMatchObject({ kind: 'clock-jump', wallDriftMs: drift });
      expect(watch.hostAtFaultBetween(mono() - 100, mono())).toBe(true);
    },
  );

  it('was away while it slept, also where only the wall clock tells, and not while it was merely busy', () => {
    const away = (monoMs: number, wallMs: number) => {
      const gap = pulse().beat(monoMs, wallMs);
      return gap !== null && wasAway(gap);
    };
    expect(away(3_600_000, 3_600_000)).toBe(true);
    expect(away(500, 3_600_000)).toBe(true);
    expect(away(500, -3_600_000)).toBe(false);
    expect(away(500, 9000)).toBe(false);
    expect(away(9000, 9000)).toBe(false);
  });

  it('lets the clocks drift a little, as time servers make them', () => {
    expect(pulse().beat(500, 2500)).toBeNull();
  });

  it('blames the host only for checks that touch the gap', () => {
    const { watch, beat } = pulse();
    beat(); // 1500
    beat(3000); // 4500
    beat(); // 5000
    expect(watch.hostAtFaultBetween(0, 1499)).toBe(false);
    expect(watch.hostAtFaultBetween(0, 1500)).toBe(true);
    expect(watch.hostAtFaultBetween(4000, 4900)).toBe(true);
    expect(watch.hostAtFaultBetween(4501, 5000)).toBe(false);
  });

  it('counts a tick that is overdue at this moment: other timers may fire before it', () => {
    const { watch, mono } = pulse();
    expect(watch.hostAtFaultBetween(mono(), mono() + 1500)).toBe(false);
    expect(watch.hostAtFaultBetween(mono(), mono() + 1501)).toBe(true);
  });

  it('remembers the latest gaps, not all', () => {
    const { watch, beat, mono } = pulse();
    for (let n = 0; n < 1000; n += 1) beat(2000);
    expect(watch.hostAtFaultBetween(1000, 2000)).toBe(false);
    expect(watch.hostAtFaultBetween(mono() - 60_000, mono())).toBe(true);
  });
});
