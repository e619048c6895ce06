import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { controlSocketPaths, MAX_SOCKET_PATH_BYTES } from '../../../electron/hosts/common/socket-path.ts';
import { browserFolder } from '../../../electron/hosts/desktop/browser-folder.ts';
import { findStandIn, makeStandIn } from '../../../electron/runtime/stand-in-folder.ts';
import { removeDir, startHost, tempDir } from '../../support/host-process.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dataDir = '/nowhere/data';
let temporary: string;

beforeEach(() => {
  temporary = tempDir();
  vi.stubEnv('TMPDIR', temporary);
});

afterEach(() => {
  vi.unstubAllEnvs();
  removeDir(temporary);
});

describe('the folder that stands in for a data folder', () => {
  it('is this user’s alone, its own for each data folder, and found again', () => {
    expect(findStandIn(dataDir)).toBeNull();
    const made = makeStandIn(dataDir);
    expect(statSync(made ?? '').mode & 0o777).toBe(0o700);
    expect(makeStandIn(dataDir)).toBe(made);
    expect(findStandIn(dataDir)).toBe(made);
    expect(makeStandIn(`${dataDir}2`)).not.toBe(made);
    expect(controlSocketPaths(dataDir)).toEqual([join(dataDir, 'host.sock'), join(made ?? '', 'host.sock')]);
  });

  // Anybody may write to a folder for temporary files, and be there first.
  const traps: Readonly<Record<string, (parent: string, folder: string) => void>> = {
    'a folder others may enter': (_parent, folder) => chmodSync(folder, 0o770),
    'a folder in one others may write to': (parent) => chmodSync(parent, 0o777),
    'a link to a folder of ours': (_parent, folder) => {
      removeDir(folder);
      mkdirSync(join(temporary, 'elsewhere'), { mode: 0o700 });
      symlinkSync(join(temporary, 'elsewhere'), folder);
    },
    'a link above it': (parent, folder) => {
      removeDir(parent);
      mkdirSync(join(temporary, 'elsewhere', basename(folder)), { recursive: true, mode: 0o700 });
      symlinkSync(join(temporary, 'elsewhere'), parent);
    },
    'a file': (_parent, folder) => {
      removeDir(folder);
      writeFileSync(folder, '');
    },
  };
  it.each(Object.entries(traps))('is not trusted when it is %s', (_what, set) => {
    const folder = makeStandIn(dataDir) ?? '';
    set(dirname(folder), folder);
    expect(findStandIn(dataDir)).toBeNull();
    expect(makeStandIn(dataDir)).toBeNull();
    expect(controlSocketPaths(dataDir)).toEqual([join(dataDir, 'host.sock')]);
  });
});

it('stands in for the folder of the browser as well, where that cannot be made', () => {
  const own = join(temporary, 'data');
  expect(browserFolder(own)).toBe(join(own, 'desktop'));
  writeFileSync(join(temporary, 'file'), '');
  const other = browserFolder(join(temporary, 'file', 'data'));
  expect(statSync(other).mode & 0o777).toBe(0o700);
  expect(dirname(other)).toBe(findStandIn(join(temporary, 'file', 'data')));
});

describe('a host', () => {
  it('whose data folder has too long a path for a socket is reached all the same', async () => {
    const folder = join(temporary, 'd'.repeat(MAX_SOCKET_PATH_BYTES));
    const host = await startHost({ skillsDir: temporary, dataDir: folder });
    onTestFinished(() => void host.stop());
    expect(host.socketPath.startsWith(folder)).toBe(false);
    const cli = ['out/main/cli.js', '--data-dir', folder, 'call', 'host.ping'];
    expect(spawnSync(process.execPath, cli, { cwd: root }).status).toBe(0);
  });

  it('that has no place for its socket says so in one sentence and does not start', async () => {
    writeFileSync(join(temporary, 'file'), '');
    vi.stubEnv('TMPDIR', join(temporary, 'file'));
    const starting = startHost({ skillsDir: temporary, dataDir: join(temporary, 'file', 'data') });
    await expect(starting).rejects.toThrow(/exited with 1 .*host\.no-socket.*Choose another folder/s);
  });
});
