import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { holdLock } from '../../../electron/storage/data-dir-lock.ts';
import { freshFolder } from './fixtures.ts';

const holder = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));

it('is held once, in this process and against another, until it is released', () => {
  const file = join(freshFolder(), 'host.lock');
  const lock = holdLock(file);
  expect(lock).not.toBeNull();
  expect(holdLock(file)).toBeNull();
  lock?.release();
  lock?.release();
  const again = holdLock(file);
  expect(again).not.toBeNull();
  again?.release();
});

it('goes with the process that held it, however that ended', async () => {
  const file = join(freshFolder(), 'host.lock');
  const child = spawn(process.execPath, [holder, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('held');
  expect(holdLock(file)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = holdLock(file);
  expect(lock).not.toBeNull();
  lock?.release();
});

it('does not keep a host from starting where no lock can be made', () => {
  const folder = join(freshFolder(), 'file');
  writeFileSync(folder, '');
  expect(holdLock(join(folder, 'host.lock'))).not.toBeNull();
});
