import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { FleetMember } from '../support/fleet-member.ts';
import { measure } from '../support/harness/chaos-rows.ts';
import { natsServer, startBroker } from '../support/nats-server.ts';
import { makeNets, whyNoNets } from '../support/net-spaces.ts';

const HOUR_MS = 3_600_000;
/** A host is unknown after 15 s of silence, so only the long measure gets to see that. */
const partitionMs = measure(2000, 25_000);
const showsSilence = partitionMs > 20_000;

const whyNot = natsServer === null ? 'no nats-server' : whyNoNets();
if (whyNot !== null) process.stderr.write(`A host behind a broken net is left out: ${whyNot}.\n`);
const shiftWallClock = pathToFileURL(join(import.meta.dirname, '../support/harness/shift-wall-clock.mjs'));

test.skipIf(whyNot !== null)(
  `a host whose packets vanish for ${partitionMs / 1000} s goes on, is unknown, obeys nothing late, and is in step again`,
  { timeout: 120_000 },
  async () => {
    const nets = makeNets();
    onTestFinished(() => nets.remove());
    const addresses = ['127.0.0.1', nets.nearAddress];
    const broker = await startBroker({
      config: 'tls { cert_file: "FOLDER/broker.crt", key_file: "FOLDER/broker.key" }',
      prepare: (folder) => makeCertificates(folder, addresses),
      via: nets.near,
    });
    onTestFinished(() => broker.remove());
    const member = async (
      name: string,
      address: string,
      options: Parameters<typeof FleetMember.start>[2],
    ) => {
      const joining = { servers: [`tls://${address}:${broker.port}`], caFile: join(broker.folder, 'ca.crt') };
      const started = await FleetMember.start(name, joining, options);
      onTestFinished(() => started.stop());
      return started;
    };
    const a = await member('a', '127.0.0.1', { via: nets.near });
    // Its clock is an hour ahead: nothing of all this may depend on whose clock is right.
    const shiftFile = join(broker.folder, 'shift');
    writeFileSync(shiftFile, String(HOUR_MS));
    const b = await member('b', nets.nearAddress, {
      via: nets.far,
      env: { NODE_OPTIONS: `--import=${shiftWallClock}`, WALL_SHIFT_FILE: shiftFile },
    });
    process.kill(b.host.pid, 'SIGUSR2');
    const hoursApart = async (from: FleetMember, to: FleetMember) =>
      Math.round(((await from.sees(to))?.clockSkewMs ?? 0) / HOUR_MS);
    const patience = { timeout: 20_000, interval: 100 };
    await expect.poll(() => hoursApart(a, b), patience).toBe(1);
    await expect.poll(() => hoursApart(b, a), patience).toBe(-1);
    expect((await a.order(b, 'skill.restart', { skillId: 'b-two' })).ok).toBe(true);
    expect((await b.order(a, 'skill.restart', { skillId: 'a-two' })).ok).toBe(true);
    await b.running();
    const { seq } = await a.call('fleet.follow', { hostId: b.hostId });

    nets.cut();
    const cutMs = performance.now();
    // What is ordered now is given up, in words, and must not happen when the packets come through after all.
    const stop = await a.order(b, 'skill.stop', { skillId: 'b-two' }, 100);
    expect(stop.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('"b" did not answer'),
    });
    const restarted = await b.killAndSeeRestarted();
    await b.decide('behind the broken net');
    if (showsSilence) {
      const shown = await a.untilSees(b, 'unknown');
      const silentMs = Math.round(performance.now() - cutMs);
      process.stderr.write(`A host whose packets vanish was unknown ${silentMs} ms after the cut.\n`);
      expect(shown.since).toBe(shown.lastHeardAt);
      expect((await a.order(b, 'host.ping', {}, 200)).error.code).toMatch(/^(timeout|unavailable)$/);
    }
    await pause(Math.max(0, partitionMs - (performance.now() - cutMs)));

    nets.mend();
    const backAt = Date.now();
    await a.untilHears(b, backAt);
    const told = () =>
      a
        .eventsOf(b, seq)
        .some(
          ({ event, payload }) =>
            event === 'action.taken' && payload.action.reason === 'behind the broken net',
        );
    await expect.poll(told, patience).toBe(true);
    process.stderr.write(
      `After ${partitionMs / 1000} s without packets: in step ${Date.now() - backAt} ms after they come through again.\n`,
    );
    // The way round and back once more: whatever was on its way before has arrived.
    expect((await a.order(b, 'host.ping')).ok).toBe(true);
    const { skills } = await b.call('skill.list');
    expect(skills).toMatchObject([
      { id: 'b-one', process: { state: 'running', pid: restarted } },
      { id: 'b-two', lifecycle: 'active', paused: false },
    ]);
    const { actions } = await b.call('action.list', { skillId: 'b-two' });
    expect(actions.map(({ kind }: { kind: string }) => kind)).not.toContain('stopSkill');
    expect((await a.order(b, 'skill.restart', { skillId: 'b-two' })).ok).toBe(true);
  },
);
