import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KnownHosts } from '../../../electron/storage/known-hosts.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { removeDir, tempDir } from '../../support/host-process.ts';

function hostOf(hostId: string, lastHeardAt = 1): FleetHost {
  return {
    ...{ hostId, name: hostId, version: '1', platform: 'linux', labels: {}, boot: 'one', state: 'heard' },
    ...{ since: 1, lastHeardAt, clockSkewMs: 0, role: 'viewer', counts: null, startedAt: 1 },
    ...{ loopLagP99Ms: null, rssBytes: null },
  };
}

describe('the hosts known from an earlier run', () => {
  const folder = tempDir();
  const file = join(folder, 'fleet-hosts.json');
  const reports: string[] = [];
  const open = () => new KnownHosts(folder, (message) => void reports.push(message));
  afterEach(() => rmSync(file, { recursive: true, force: true }));

  it('are kept for their owner alone, the last ones heard of too many, and given back for the same fleet only', async () => {
    const known = open();
    known.keep('one', [hostOf('early')]);
    known.keep(
      'one',
      Array.from({ length: 1200 }, (_, n) => hostOf(`h${n}`, n)),
    );
    await known.settled();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const read = open().read('one');
    expect([read.length, read[0]?.hostId, read.at(-1)?.hostId]).toEqual([1000, 'h1199', 'h200']);
    expect(open().read('two')).toEqual([]);
  });

  it('are nobody when the file is missing, damaged or of strangers, and trouble with the disk is only reported', async () => {
    expect(open().read('one')).toEqual([]);
    writeFileSync(file, '{"v":1,"fleet":"one","hosts":[');
    expect(open().read('one')).toEqual([]);
    writeFileSync(
      file,
      JSON.stringify({ v: 1, fleet: 'one', hosts: [{ hostId: '../x' }, hostOf('good'), 7] }),
    );
    expect(
      open()
        .read('one')
        .map(({ hostId }) => hostId),
    ).toEqual(['good']);
    rmSync(file);
    mkdirSync(join(file, 'in the way'), { recursive: true });
    const known = open();
    known.keep('one', [hostOf('b')]);
    await known.settled();
    expect(reports).toEqual(['fleet: the hosts that are known could not be kept']);
    expect(() => readFileSync(file)).toThrow();
    removeDir(folder);
  });
});
