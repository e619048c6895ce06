import { connect } from '@nats-io/transport-node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bucketContents } from '../../support/bucket-contents.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { natsServer, startBroker } from '../../support/nats-server.ts';

const ERROR = 'ConnectionResetError: [Errno 104] Connection reset by peer';
const PATIENCE = { timeout: 20_000, interval: 50 };

async function member(servers: string[], name: string, shareFixes: boolean): Promise<TestHost> {
  const host = await startHost({ skillsDir: writeSkills(tempDir(), {}) });
  onTestFinished(async () => {
    await host.stop();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  });
  await host.client.call('fleet.join', { servers, auth: { kind: 'none' }, name, shareFixes });
  return host;
}

/** Of the suggestions of a host: words, where they were learnt, worked here and elsewhere. */
async function suggested(host: TestHost): Promise<unknown[]> {
  const { matches } = await host.client.call('fix.match', { error: ERROR });
  return matches.map(({ pattern }: { pattern: Record<string, unknown> & { origin?: { name: string } } }) => [
    pattern.fixDescription,
    pattern.origin?.name ?? 'here',
    pattern.successCount,
    (pattern.elsewhere as { successCount: number } | undefined)?.successCount ?? 0,
  ]);
}

describe.skipIf(natsServer === null)('a fix recorded on one host', () => {
  it('is suggested on those that share, counted together after a time apart, and left behind by who leaves', async () => {
    const broker = await startBroker();
    onTestFinished(() => broker.remove());
    const servers = [broker.url];
    const [bravo, charlie, delta] = await Promise.all([
      member(servers, 'Bravo', true),
      member(servers, 'Charlie', true),
      member(servers, 'Delta', false),
    ]);
    await bravo.client.call('fix.record', {
      error: ERROR,
      fixDescription: 'Give the peer more time; password=hunter2secret',
      safeAction: 'restart',
      autoApply: true,
    });
    const words = 'Give the peer more time; password=[secret]';
    await expect.poll(() => suggested(charlie), PATIENCE).toEqual([[words, 'Bravo', 0, 1]]);
    const { patterns } = await charlie.client.call('fix.list');
    expect(patterns).toMatchObject([{ safeAction: 'restart' }]);
    expect(patterns[0].autoApply).not.toBe(true);
    await charlie.client.event('fix.changed', ({ pattern }) => pattern?.origin?.name === 'Bravo');
    const { findings } = await charlie.client.call('fleet.doctor');
    expect(findings).toContainEqual({ level: 'ok', what: 'Fixes are shared with the fleet.', todo: null });

    // Both count while the broker is away; what they counted is there together when it is back.
    await broker.stop('SIGKILL');
    const [{ id: fixId }] = patterns;
    await charlie.client.call('fix.feedback', { fixId, worked: true });
    await bravo.client.call('fix.feedback', { fixId: 1, worked: true });
    await delta.client.call('fix.record', { error: 'KeyError: "d"', fixDescription: 'Only on this host' });
    expect(await suggested(charlie)).toEqual([[words, 'Bravo', 1, 1]]);
    await broker.start();
    await expect.poll(() => suggested(bravo), PATIENCE).toEqual([[words, 'here', 2, 1]]);
    await expect.poll(() => suggested(charlie), PATIENCE).toEqual([[words, 'Bravo', 1, 2]]);

    // Who leaves takes nothing away and keeps what it heard. Who does not share never said or heard anything.
    await charlie.client.call('fleet.leave');
    await bravo.client.call('fix.feedback', { fixId: 1, worked: true });
    await expect.poll(() => suggested(bravo), PATIENCE).toEqual([[words, 'here', 3, 1]]);
    expect(await suggested(charlie)).toEqual([[words, 'Bravo', 1, 2]]);
    expect(await suggested(delta)).toEqual([]);
    const connection = await connect({ servers: broker.url });
    const kept = [...(await bucketContents(connection, 'skillward_fixes')).values()];
    await connection.close();
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain(words);
    expect(kept[0]).not.toContain('hunter2');
  });
});
