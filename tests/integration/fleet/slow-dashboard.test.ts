import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { openPage } from '../../support/dashboard-client.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { SimulatedHost } from '../../support/simulated-host.ts';

const mebibyte = 1_048_576;
/** What a host keeps for one client that does not read, bytes (MAX_UNSENT_BYTES), and what the system holds between them. */
const KEPT_BYTES = 16 * mebibyte + 4 * mebibyte;
/** Far more than that happens on the followed host. */
const TOLD_BYTES = 28 * mebibyte;
const REASON = 'the disk of the printer in the cellar is full; '.repeat(80);
const IN_BATCH = 50;
/** What a client says that wants to hear of the other host. */
const followed = [
  ['events.subscribe', {}],
  ['fleet.follow', { hostId: 'busy' }],
].map(([command, payload]) => JSON.stringify({ v: 1, requestId: command, command, payload }));

describe.skipIf(natsServer === null)('dashboards that do not read', () => {
  let broker: TestBroker;
  let host: TestHost;
  let busy: SimulatedHost;

  beforeAll(async () => {
    broker = await startBroker();
    host = await startHost({ skillsDir: writeSkills(tempDir(), {}) });
    busy = await SimulatedHost.start({ hostId: 'busy', connect: { servers: broker.url } });
    await host.client.call('fleet.join', { servers: [broker.url], auth: { kind: 'none' } });
  });
  afterAll(async () => {
    await busy?.stop();
    await host?.stop();
    await broker?.remove();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  });

  it('hold up neither the host they look through nor the one they look at, and are let go', async () => {
    await host.client.call('fleet.follow', { hostId: 'busy' });
    const program = createConnection(host.socketPath);
    program.on('error', () => undefined);
    program.write(`${followed.join('\n')}\n`);
    const page = await openPage(host.url);
    for (const request of followed) page.send(request);
    page.pause();

    const [skillId = ''] = busy.skills.keys();
    const event = () => {
      const skill = busy.skills.get(skillId);
      if (skill === undefined) throw new Error('it has no skill');
      const health = { ...skill.health, status: { kind: 'degraded', reason: REASON } as const };
      return { event: 'skill.changed', payload: { skillId, skill: { ...skill, health } } };
    };
    const batchBytes = JSON.stringify(event()).length * IN_BATCH;
    for (let told = 0; told < TOLD_BYTES; told += batchBytes) {
      busy.publish(Array.from({ length: IN_BATCH }, event));
      await busy.connection.flush();
      // Whoever reads is served meanwhile, however far the others are behind.
      expect((await host.client.request('host.ping')).ok).toBe(true);
    }
    await host.client.event(
      'fleet.event',
      ({ event: told, seq }) => told === 'skill.changed' && seq === busy.seq,
    );

    expect(await bytesUntilClosed(program, 'data')).toBeLessThan(KEPT_BYTES);
    page.resume();
    expect(await bytesUntilClosed(page, 'message')).toBeLessThan(KEPT_BYTES);
    expect((await host.client.call('fleet.call', { hostId: 'busy', command: 'host.ping' })).answer.ok).toBe(
      true,
    );
  });
});

/** Reads what is left, to the end. */
function bytesUntilClosed(socket: Socket | WebSocket, heard: 'data' | 'message'): Promise<number> {
  return new Promise((resolve) => {
    let bytes = 0;
    socket.on(heard, (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.on('close', () => resolve(bytes));
  });
}
