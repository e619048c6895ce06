import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StagingArea } from '../../../electron/runtime/packages/staging-area.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const HOUR_MS = 3_600_000;
const files = [{ path: 'lib/a.py', bytes: Buffer.from('x = 1\n') }];
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sw-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('packages that wait to be installed', () => {
  it('lie in a folder of their owner alone, for an hour', async () => {
    const clock = new FakeClock();
    const staging = new StagingArea(dataDir, clock);
    const { folder, stagingId } = staging.put(files);
    expect(readFileSync(join(folder, 'lib', 'a.py'), 'utf8')).toBe('x = 1\n');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await clock.advance(HOUR_MS - 1);
    expect(staging.folderOf(stagingId)).toBe(folder);
    await clock.advance(2);
    expect(() => staging.folderOf(stagingId)).toThrow('no such staged package');
    expect(existsSync(folder)).toBe(false);
  });

  it('are gone in time also when the host that took them ended', async () => {
    const clock = new FakeClock();
    const { folder, stagingId } = new StagingArea(dataDir, clock).put(files);
    await clock.advance(HOUR_MS / 2);
    const later = new StagingArea(dataDir, clock);
    later.start();
    expect(later.folderOf(stagingId)).toBe(folder);
    await clock.advance(HOUR_MS / 2 + 1);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(join(dataDir, 'staging', 'made-up'));
    new StagingArea(dataDir, clock).start();
    expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
  });

  it('are at most twenty: a further one puts out the oldest', async () => {
    const clock = new FakeClock();
    const staging = new StagingArea(dataDir, clock);
    const ids: string[] = [];
    for (let number = 0; number < 22; number += 1) {
      ids.push(staging.put(files).stagingId);
      await clock.advance(1);
    }
    expect(readdirSync(join(dataDir, 'staging')).sort()).toEqual(ids.slice(2).sort());
  });

  it.each(['..', '../packages', 'x', '', '/etc', `${'z'.repeat(8)}-${'0'.repeat(31)}`, '.'])(
    'the made-up id %j leads nowhere',
    (stagingId) => {
      const staging = new StagingArea(dataDir, new FakeClock());
      staging.put(files);
      expect(() => staging.folderOf(stagingId)).toThrow('no such staged package');
      staging.remove(stagingId);
      expect(readdirSync(join(dataDir, 'staging'))).toHaveLength(1);
    },
  );
});
