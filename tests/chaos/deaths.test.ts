import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario(
  '1 kill -9 of a skill: seen at once, not ours, calls in flight rejected, one restart, group swept',
  async (chaos) => {
    const before = await chaos.running('victim', { fixture: 'busy', health: { check_interval_secs: 300 } });
    const child = await chaos.liveness.arrived('busy-child');
    const call = chaos.invoke('victim');
    // The call is on its way to the skill: a later request has been answered.
    await chaos.host.client.call('host.ping');

    const killedMs = performance.now();
    const killedAt = Date.now();
    process.kill(before.process.pid ?? 0, 'SIGKILL');
    expect((await call).error).toMatchObject({ code: 'unavailable' });
    const again = await chaos.until(
      'victim',
      ({ process, health }) => process.restarts === 1 && health.status.kind === 'healthy',
    );
    chaos.recovered(performance.now() - killedMs);

    expect(again.process.pid).not.toBe(before.process.pid);
    expect(again.process.cause).toMatchObject({ kind: 'signal', signal: 'SIGKILL', exitCode: null });
    expect(again.process.cause?.message).toContain('not by Skillward');
    const failure = (await chaos.checks('victim')).find(({ outcome }) => outcome.kind === 'unreachable');
    expect(failure?.outcome).toMatchObject({ cause: 'signal' });
    expect((failure?.at ?? 0) - killedAt).toBeLessThan(chaos.patience(250));
    expect(again.health.totalFailures).toBe(1);
    await chaos.liveness.arrived('busy', 2);
    expect(chaos.liveness.seen('busy')).toBe(2);
    expect(chaos.liveness.living('busy-child')).not.toContain(child);
    expect(chaos.liveness.overlaps).toEqual([]);
  },
);

scenario(
  '5 dies before the handshake: said with exit code and last words, without waiting for the deadline',
  async (chaos) => {
    await chaos.add({
      stillborn: {
        fixture: 'dies',
        args: ['start', '3'],
        health: { max_consecutive_failures: 2 },
        restart: { handshake_timeout_secs: 600 },
      },
    });
    const { process, health } = await chaos.until(
      'stillborn',
      ({ lifecycle }) => lifecycle === 'quarantined',
    );
    expect(process.cause).toMatchObject({ kind: 'exit', exitCode: 3 });
    expect(process.cause?.message).toBe("exited with code 3 before the handshake: KeyError: 'token'");
    expect(health.totalFailures).toBe(2);
    expect(await chaos.logText('stillborn', 'stderr')).toContain('Traceback');
  },
);

scenario(
  '14 closes its stdout and lives on: a failure of its own kind, ended and restarted',
  async (chaos) => {
    await chaos.add({ mute: { fixture: 'mute', health: { max_consecutive_failures: 2 } } });
    const { process } = await chaos.until('mute', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(process.cause?.kind).toBe('stdout-closed');
    const kinds = (await chaos.checks('mute')).map(({ outcome }) => 'cause' in outcome && outcome.cause);
    expect(kinds).toEqual(['stdout-closed', 'stdout-closed']);
    await chaos.liveness.arrived('mute', 2);
    expect(chaos.liveness.seen('mute')).toBe(2);
  },
);

scenario(
  '16 exits with code 0 again and again: its own cause, quarantined at the limit, exactly so many starts',
  async (chaos) => {
    await chaos.add({
      leaver: { fixture: 'dies', args: ['health', '0'], health: { max_consecutive_failures: 4 } },
    });
    const { process, health } = await chaos.until('leaver', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(process).toMatchObject({ restarts: 3, cause: { kind: 'exit', exitCode: 0 } });
    expect(process.cause?.message).toContain('exited with code 0 though nobody asked it to');
    expect(health).toMatchObject({ totalFailures: 4, totalChecks: 4 });
    await chaos.liveness.arrived('dies', 4);
    expect(chaos.liveness.seen('dies')).toBe(4);
    expect(await chaos.actions('leaver', 'restartSkill')).toHaveLength(3);
  },
);

scenario(
  '17 slow crash loop: healthy after every start, dies after every reset, and the window catches it',
  async (chaos) => {
    await chaos.add({
      flapper: {
        fixture: 'lapses',
        args: ['2.2'],
        health: { max_consecutive_failures: 5, max_failures_in_window: 3, failure_window_secs: 600 },
      },
    });
    const { health } = await chaos.until('flapper', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(health.status).toMatchObject({ kind: 'quarantined' });
    expect(health.totalFailures).toBe(3);
    // Every run had a healthy check, so that no row of failures was ever longer than one.
    expect(health.totalChecks).toBeGreaterThanOrEqual(6);
    expect(health.consecutiveFailures).toBe(1);
    await chaos.liveness.arrived('lapses', 3);
    expect(chaos.liveness.seen('lapses')).toBe(3);
    // Each run was long enough to count as stable: every restart was the first again, and at once.
    for (const { reason } of await chaos.actions('flapper', 'restartSkill'))
      expect(reason).toContain('at once');
  },
);
