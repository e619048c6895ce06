import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Skill } from '../../shared/model/skill.ts';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { measure } from '../support/harness/chaos-rows.ts';
import { SlowMotion } from '../support/harness/slow-motion.ts';

const { alone } = chaosFamily();
const dayMs = 86_400_000;
const stoppedMs = measure(3000, 20_000);
const names = ['p0', 'p1', 'p2', 'p3'];
const ponders = { fixture: 'ponders', args: ['0.4'], health: { health_timeout_secs: 2 } };

for (const whole of [false, true]) {
  const what = whole ? 'the whole machine sleeps' : 'the host alone stands still';
  alone(
    `24 ${what} for ${stoppedMs / 1000} s with checks under way: nobody is blamed, nothing is restarted`,
    async (chaos) => {
      await chaos.add(Object.fromEntries(names.map((name) => [name, ponders])));
      for (const name of names) await chaos.running(name);
      await chaos.moreChecks('p0', 1);
      const frozen = [chaos.host.pid, ...(whole ? chaos.liveness.living('ponders') : [])];
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      await pause(stoppedMs);
      const wokenMs = performance.now();
      for (const pid of frozen.toReversed()) process.kill(pid, 'SIGCONT');
      for (const name of names) {
        const { health, process: now } = await chaos.moreChecks(name, 2);
        expect([health.totalFailures, now.restarts, health.status.kind], name).toEqual([0, 0, 'healthy']);
      }
      chaos.recovered(performance.now() - wokenMs);
      await chaos.liveness.arrived('ponders', names.length);
      expect(chaos.liveness.seen('ponders')).toBe(names.length);
      expect(chaos.host.log()).toMatch(/host (blocked|asleep): \d+\.\d s without a tick/);
    },
    { disturbsHost: true },
  );
}

const shiftFile = join(tmpdir(), `sw-wall-${process.pid}`);
const shifter = fileURLToPath(new URL('../support/harness/shift-wall-clock.mjs', import.meta.url));

alone(
  '24 the wall clock is set a day forward and two days back: checks, delays and verdicts go on as before',
  async (chaos) => {
    const setWall = (shiftMs: number) => {
      writeFileSync(shiftFile, String(shiftMs));
      process.kill(chaos.host.pid, 'SIGUSR2');
    };
    await chaos.running('clock', { fixture: 'polite' });
    await chaos.add({
      dies: {
        fixture: 'dies',
        args: ['health', '1'],
        health: { max_consecutive_failures: 100, max_failures_in_window: 1000 },
        restart: { first_delay_secs: 1, max_delay_secs: 1 },
      },
    });
    for (const shiftMs of [dayMs, -dayMs, 0]) {
      const { process: before } = await chaos.until('dies', ({ process: { state } }) => state === 'backoff');
      setWall(shiftMs);
      const { health, process: now } = await chaos.moreChecks('clock', 3);
      expect([health.totalFailures, now.restarts]).toEqual([0, 0]);
      // The delay that ran when the clock was set is over after as long as was said.
      await chaos.until('dies', ({ process: { restarts } }) => restarts > before.restarts);
    }
    expect(chaos.host.log()).toContain('clock-jump');
  },
  { env: { NODE_OPTIONS: `--import ${shifter}`, WALL_SHIFT_FILE: shiftFile } },
);

describe('24 in made-up time', () => {
  let motion: SlowMotion | null = null;
  afterEach(async () => {
    await motion?.close();
    motion = null;
  });

  /** Made-up time outruns real processes: what is no deadline of the test is none at all. */
  const polite = (timeoutSecs: number) => ({
    fixture: 'polite',
    health: { check_interval_secs: 300, health_timeout_secs: timeoutSecs },
    restart: { handshake_timeout_secs: 600 },
  });
  const open = async (timeoutSecs = 600) => {
    motion = await SlowMotion.open(Object.fromEntries(names.map((name) => [name, polite(timeoutSecs)])));
    await motion.until(({ health }) => health.totalChecks === 1, 'everybody was asked');
    return motion;
  };
  const well = (checks: number) => (skill: Skill) => {
    expect([skill.id, skill.health.totalFailures, skill.process.restarts]).toEqual([skill.id, 0, 0]);
    return skill.health.totalChecks === checks;
  };

  test('eight hours of sleep: everybody is asked once, not ninety-six times, and nobody has failed', async () => {
    const { clock, reports, until, liveness } = bound(await open());
    await clock.leap(8 * 3_600_000);
    await until(well(2), 'everybody was asked again');
    // Five more minutes are one more round: the eight hours are not made up for.
    await clock.advance(60_000);
    for (const skill of (await motion?.skills())?.values() ?? [])
      expect(skill.health.totalChecks).toBeLessThanOrEqual(3);
    expect(reports).toContainEqual(expect.stringContaining('asleep: 288'));
    expect(liveness.seen('polite')).toBe(names.length);
  });

  test('a loop blocked for 20 s while a skill cannot answer: its open check is thrown away, not judged', async () => {
    const { clock, liveness, until, reports } = bound(await open(15));
    const [frozen] = liveness.living('polite');
    if (frozen === undefined) throw new Error('nobody lives');
    process.kill(frozen, 'SIGSTOP');
    const [id] =
      [...((await motion?.skills()) ?? [])].find(([, skill]) => skill.process.pid === frozen) ?? [];
    if (id === undefined) throw new Error('nobody has this pid');
    const check = motion?.call('skill.health.check', { skillId: id });
    await clock.leap(20_000);
    process.kill(frozen, 'SIGCONT');
    await check;
    await until(({ id: other, health, process: now }) => {
      expect([health.totalFailures, now.restarts]).toEqual([0, 0]);
      return other !== id || health.totalChecks >= 2;
    }, 'it was asked again');
    expect(reports.some((report) => report.includes('asleep') || report.includes('blocked'))).toBe(true);
  });

  test('the wall clock jumps: nothing is due because of it, nothing is late', async () => {
    const { clock, until } = bound(await open());
    for (const shiftMs of [dayMs, -3 * dayMs]) {
      clock.setWall(shiftMs);
      await clock.advance(1000);
      await until(well(1), 'nothing changes');
    }
    // One slot of every skill lies in this stretch.
    await clock.advance(450_000);
    await until(({ id, health, process: now }) => {
      expect([id, health.totalFailures, now.restarts]).toEqual([id, 0, 0]);
      return health.totalChecks >= 2;
    }, 'the next round comes when it is due');
  });
});

function bound(motion: SlowMotion) {
  return {
    clock: motion.clock,
    liveness: motion.liveness,
    reports: motion.reports,
    until: motion.until.bind(motion),
  };
}
