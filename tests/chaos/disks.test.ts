import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Chaos } from '../support/harness/chaos.ts';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { Dice } from '../support/harness/dice.ts';
import { python } from '../support/harness/python.ts';

const { alone, onSmallDisk } = chaosFamily();

/** Supervision as usual on a disk that takes nothing: a death is seen and mended, decisions are taken, all is shown. */
async function surviveWithoutDisk(chaos: Chaos): Promise<void> {
  const { process: before } = await chaos.skill('echo');
  // Enough to need new pages: a write that fits into the last page would still be taken.
  const dice = new Dice(25);
  for (let n = 0; n < 12; n += 1) {
    const sample = `Traceback (most recent call last):\n${'  File "skill.py", line 3, in main\n'.repeat(60)}`;
    await chaos.host.client.call('fix.record', {
      error: `${sample}KeyError: '${dice.word()}'`,
      fixDescription: `make room ${n}`,
    });
  }
  const { storage, notices } = await chaos.status();
  expect(storage.mode).toBe('memory');
  expect(notices.filter(({ code }) => code === 'storage_unwritable')).toHaveLength(1);

  const killedMs = performance.now();
  process.kill(before.pid ?? 0, 'SIGKILL');
  const again = await chaos.until(
    'echo',
    (skill) => skill.process.restarts === 1 && skill.health.status.kind === 'healthy',
  );
  chaos.recovered(performance.now() - killedMs);
  expect(again.process.cause).toMatchObject({ kind: 'signal' });
  await chaos.obey('skill.quarantine', 'bad', { reason: 'by hand, without a disk' });
  expect((await chaos.checks('echo')).some(({ outcome }) => outcome.kind === 'unreachable')).toBe(true);
  const { patterns } = await chaos.host.client.call('fix.list');
  expect(patterns).toHaveLength(12);
}

onSmallDisk(
  '25 the disk of the data folder is full: supervision goes on, it is shown, and all is written when there is room',
  async (chaos, disk) => {
    await chaos.add({ echo: { fixture: 'polite' }, bad: { fixture: 'polite' } });
    for (const name of ['echo', 'bad']) await chaos.running(name);
    disk.fill();
    await surviveWithoutDisk(chaos);
    disk.free();
    expect((await chaos.host.stop()).code).toBe(0);
    await chaos.nextHost();
    expect((await chaos.status()).storage.mode).toBe('disk');
    expect(await chaos.skill('bad')).toMatchObject({
      lifecycle: 'quarantined',
      process: { state: 'stopped' },
    });
    const { patterns } = await chaos.host.client.call('fix.list');
    chaos.lost(12 - patterns.length);
    await chaos.until('echo', ({ process: { state } }) => state === 'running');
  },
  { disturbsHost: true },
);

onSmallDisk(
  '25 the disk goes read-only under the host: supervision goes on, it is shown, what was on the disk is still there',
  async (chaos, disk) => {
    await chaos.add({ echo: { fixture: 'polite' }, bad: { fixture: 'polite' }, old: { fixture: 'polite' } });
    for (const name of ['echo', 'bad', 'old']) await chaos.running(name);
    await chaos.obey('skill.quarantine', 'old', { reason: 'while there was a disk' });
    disk.goReadOnly();
    await surviveWithoutDisk(chaos);
    expect((await chaos.host.stop()).code).toBe(0);
    disk.mend();
    await chaos.nextHost();
    expect((await chaos.status()).storage.mode).toBe('disk');
    expect(await chaos.skill('old')).toMatchObject({ lifecycle: 'quarantined' });
    await chaos.until('echo', ({ process: { state } }) => state === 'running');
  },
  { disturbsHost: true },
);

const damages: Readonly<Record<string, (file: string) => void>> = {
  'overwritten with noise': (file) => writeFileSync(file, Buffer.alloc(statSync(file).size, 0xa5)),
  truncated: (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  emptied: (file) => truncateSync(file, 0),
};

alone(
  '26 a state file that is noise, cut or empty: set aside, the backup used, quarantines kept, told once',
  async (chaos) => {
    await chaos.add({ echo: { fixture: 'polite' }, bad: { fixture: 'polite' } });
    for (const name of ['echo', 'bad']) await chaos.running(name);
    await chaos.obey('skill.quarantine', 'bad', { reason: 'by hand' });
    const { dataDir } = chaos.host;
    const file = join(dataDir, 'skillward.db');
    await chaos.host.stop();
    mkdirSync(join(dataDir, 'backups'), { recursive: true });
    copyFileSync(file, join(dataDir, 'backups', 'skillward-2026-01-01T00-00-00-000Z.db'));
    for (const [what, damage] of Object.entries(damages)) {
      damage(file);
      const damaged = readFileSync(file);
      await chaos.nextHost();
      const { notices, storage } = await chaos.status();
      expect(storage.mode, what).toBe('disk');
      expect(
        notices.filter(({ code }) => code.startsWith('storage_')).map(({ code }) => code),
        what,
      ).toEqual(['storage_restored']);
      expect(await chaos.skill('bad'), what).toMatchObject({
        lifecycle: 'quarantined',
        process: { state: 'stopped' },
      });
      await chaos.until('echo', ({ process: { state } }) => state === 'running');
      await chaos.host.stop();
      const aside = readdirSync(dataDir).filter((name) => /^skillward\.db\.corrupt-[^.]*$/.test(name));
      expect(
        aside.some((name) => readFileSync(join(dataDir, name)).equals(damaged)),
        what,
      ).toBe(true);
    }
    await chaos.nextHost();
    expect((await chaos.status()).notices).toEqual([]);
  },
  { disturbsHost: true },
);

alone(
  '26 a state file of a newer version, and settings that are no JSON: read, set aside, told; nothing is lost',
  async (chaos) => {
    await chaos.add({ echo: { fixture: 'polite' }, bad: { fixture: 'polite' } });
    for (const name of ['echo', 'bad']) await chaos.running(name);
    await chaos.obey('skill.quarantine', 'bad', { reason: 'by hand' });
    const { dataDir } = chaos.host;
    await chaos.host.stop();
    const usual = pragma(dataDir, 'user_version');
    pragma(dataDir, 'user_version = 99');
    writeFileSync(join(dataDir, 'config.json'), '{"health": ');
    await chaos.nextHost();
    const { notices, storage } = await chaos.status();
    expect(storage.mode).toBe('read-only');
    expect(notices.map(({ code }) => code).sort()).toEqual(['settings_damaged', 'storage_newer']);
    expect(await chaos.skill('bad')).toMatchObject({
      lifecycle: 'quarantined',
      process: { state: 'stopped' },
    });
    await chaos.running('echo');
    await chaos.host.stop();
    pragma(dataDir, `user_version = ${usual}`);
    await chaos.nextHost();
    expect((await chaos.status()).notices).toEqual([]);
    expect(await chaos.skill('bad')).toMatchObject({ lifecycle: 'quarantined' });
  },
  { disturbsHost: true },
);

/** Asks or sets a fact of the database file with somebody else's SQLite. */
function pragma(dataDir: string, what: string): string {
  const script =
    'import sqlite3, sys\n' +
    'row = sqlite3.connect(sys.argv[1]).execute("PRAGMA " + sys.argv[2]).fetchone()\n' +
    'print(row[0] if row else "")\n';
  return execFileSync(python, ['-c', script, join(dataDir, 'skillward.db'), what], {
    encoding: 'utf8',
  }).trim();
}
