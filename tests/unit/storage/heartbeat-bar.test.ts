import { describe, expect, it } from 'vitest';
import { HeartbeatBar } from '../../../electron/storage/history/heartbeat-bar.ts';
import { Tally } from '../../../electron/storage/history/tally.ts';

function encoded(outcomes: readonly number[]): string {
  const tally = new Tally();
  for (const outcome of outcomes) tally.addCheck(outcome, null);
  return tally.encode();
}

describe('HeartbeatBar', () => {
  it('leaves cells without checks out and counts degraded as up', () => {
    const bar = new HeartbeatBar(0, 100, 10);
    bar.addCheck(5, 0, 20);
    bar.addCheck(55, 1, 40);
    bar.addCheck(58, 2, null);
    const { cells, checks, healthyShare } = bar.heartbeat('a', []);
    expect(cells.map((cell) => cell.index)).toEqual([0, 5]);
    expect(cells[1]).toMatchObject({ healthy: 0, degraded: 1, failed: 1, unreachable: 0 });
    expect(checks).toBe(3);
    expect(healthyShare).toBeCloseTo(2 / 3);
  });

  it('counts a check at the very end in the last cell', () => {
    const bar = new HeartbeatBar(0, 100, 10);
    bar.addCheck(100, 0, null);
    expect(bar.heartbeat('a', []).cells.map((cell) => cell.index)).toEqual([9]);
  });

  it('shows cells of a quarantine even though nothing was checked', () => {
    const bar = new HeartbeatBar(1000, 1100, 10);
    const { cells, healthyShare } = bar.heartbeat('a', [{ from: 1035, to: 1055 }]);
    expect(cells.map((cell) => [cell.index, cell.quarantined])).toEqual([
      [3, true],
      [4, true],
      [5, true],
    ]);
    expect(healthyShare).toBeNull();
  });

  it('ignores a quarantine that ended before the range', () => {
    expect(new HeartbeatBar(1000, 1100, 10).heartbeat('a', [{ from: 1, to: 999 }]).cells).toEqual([]);
  });

  it('spreads a roll-up over every cell it covers, so that no hole looks like missing data', () => {
    const bar = new HeartbeatBar(0, 100, 10);
    bar.addRollUp({ slot: 20, width: 40, tally: encoded([0, 0, 0, 0, 2]) });
    const { cells, checks } = bar.heartbeat('a', []);
    expect(cells.map((cell) => [cell.index, cell.healthy, cell.failed])).toEqual([
      [2, 1, 1],
      [3, 1, 1],
      [4, 1, 1],
      [5, 1, 1],
    ]);
    expect(checks).toBe(5);
  });

  it('leaves out a roll-up that lies mostly before the range', () => {
    const bar = new HeartbeatBar(100, 200, 10);
    bar.addRollUp({ slot: 92, width: 10, tally: encoded([0]) });
    expect(bar.heartbeat('a', []).checks).toBe(0);
  });
});
