import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { FILE_MODE, FOLDER_MODE, restrict, writeWhole } from '../files.ts';
import { SealingError } from './sealer.ts';

/** Of AES-256, bytes. */
const KEY_BYTES = 32;
/** Names a key's file: nothing in it may lead anywhere else. */
const KEY_ID = /^[A-Za-z0-9-]{1,64}$/;

export type KeyResult =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Where the key `keyId` lies: outside the data folder, so that a copy of that folder opens nothing. `given`
 * (`SKILLWARD_CREDENTIALS_KEY_FILE`) stands for every key. Null for an id that is no file name.
 */
export function keyFilePath(
  keyId: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | null {
  const given = env.SKILLWARD_CREDENTIALS_KEY_FILE;
  if (given !== undefined && given !== '') return given;
  return KEY_ID.test(keyId) ? join(keyFolder(env, platform), `${keyId}.key`) : null;
}

function keyFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const home = env.HOME ?? homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'Skillward');
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Skillward');
  const configured = env.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(configured) ? configured : join(home, '.config'), 'skillward');
}

/** Reads a key and takes from others the right to do the same. Never throws. */
export function readKey(file: string): KeyResult {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (process.platform !== 'win32') restrict(file, FILE_MODE);
    const key = Buffer.from(text, 'base64url');
    return key.length === KEY_BYTES
      ? { kind: 'key', key }
      : { kind: 'unusable', why: `${file} does not hold a key of ${KEY_BYTES} bytes` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unusable', why: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Makes a random key in a file of its owner alone; whole or not at all, and never in the place of another.
 * Throws SealingError where that cannot be.
 */
export function makeKey(file: string, dataDir: string): Buffer {
  if (liesIn(file, dataDir)) {
    throw new SealingError(
      `The key for credentials would lie in the data folder it protects (${file}). Name another place in SKILLWARD_CREDENTIALS_KEY_FILE.`,
    );
  }
  const key = randomBytes(KEY_BYTES);
  const half = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: FOLDER_MODE });
    writeWhole(half, `${key.toString('base64url')}\n`);
    linkSync(half, file);
    return key;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SealingError(
      `The key for credentials cannot be kept (${why}). Make its folder writable, or name another place in SKILLWARD_CREDENTIALS_KEY_FILE.`,
    );
  } finally {
    rmSync(half, { force: true });
  }
}

function liesIn(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
