import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keychainSealer } from '../../../../electron/hosts/desktop/keychain-sealer.ts';
import { FleetSecret } from '../../../../electron/runtime/fleet/fleet-secret.ts';
import { CredentialStore } from '../../../../electron/storage/credentials/credential-store.ts';
import { KeyFileSealer } from '../../../../electron/storage/credentials/key-file-sealer.ts';
import type { Sealer } from '../../../../electron/storage/credentials/sealer.ts';

let base: string;
let dataDir: string;
let file: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-'));
  dataDir = join(base, 'data');
  file = join(dataDir, 'credentials.json');
  mkdirSync(dataDir);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const keyFileSealer = (usedKeys: ReadonlySet<string>) =>
  new KeyFileSealer({
    ...{ dataDir, usedKeys, instanceId: 'one', platform: 'linux' },
    env: { XDG_CONFIG_HOME: join(base, 'config') },
  });

function store(sealer?: Sealer): CredentialStore {
  return new CredentialStore({
    dataDir,
    nowMs: () => 1_700_000_000_000,
    makeSealer: (usedKeys) => sealer ?? keyFileSealer(usedKeys),
  });
}
async function opened(sealer?: Sealer) {
  const made = store(sealer);
  return { made, notices: (await made.open()).map(({ message }) => message) };
}
/** A keychain that only turns text around, which is enough to see that it is asked. */
const keychain = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from([...text].reverse().join(''))),
  decryptStringAsync: (bytes: Buffer) =>
    Promise.resolve({ result: [...bytes.toString()].reverse().join(''), shouldReEncrypt: false }),
};

describe('the store of credentials', () => {
  it('seals for a purpose: what another store keeps opens for no skill, whatever it is called', async () => {
    const fleet = new FleetSecret({ dataDir, nowMs: () => 1_700_000_000_000, makeSealer: keyFileSealer });
    await fleet.open();
    await fleet.keep('the broker’s password');
    const kept = readFileSync(join(dataDir, 'fleet-credential.json'), 'utf8');
    expect(kept).not.toContain('password');
    expect((await opened()).made.values('fleet')).toEqual({});
    // Somebody who may write files gives the sealed value to a skill of that name.
    writeFileSync(file, kept);
    const { made, notices } = await opened();
    expect(made.values('fleet')).toEqual({});
    expect(notices[0]).toContain('cannot be read');
    expect(fleet.mask('dial tcp: the%20broker%E2%80%99s%20password, the broker’s password')).not.toMatch(
      /the(%20| )broker/,
    );
    await fleet.keep(null);
    expect(fleet.read()).toBeNull();
  });

  it('keeps, replaces, clears and forgets, on disk before it says so', async () => {
    const { made } = await opened();
    await made.set('mail', 'token', 'first');
    await made.set('mail', 'token', 'second');
    await made.set('mail', 'other', 'x');
    await made.set('radio', 'token', 'third');
    expect((await opened()).made.values('mail')).toEqual({ token: 'second', other: 'x' });
    expect(await made.clear('mail', 'token')).toBe(true);
    expect(await made.clear('mail', 'token')).toBe(false);
    await made.forget('radio');
    const later = (await opened()).made;
    expect(later.values('mail')).toEqual({ other: 'x' });
    expect(later.values('radio')).toEqual({});
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toMatch(/first|second|third/);
  });

  it('changes made at the same time all arrive', async () => {
    const { made } = await opened();
    await Promise.all(Array.from({ length: 20 }, (_, at) => made.set('mail', `c${at}`, `v${at}`)));
    expect(Object.keys((await opened()).made.values('mail'))).toHaveLength(20);
  });

  it('a value moved to another place in the file does not open there', async () => {
    const { made } = await opened();
    await made.set('mail', 'token', 'secret-1');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"mail"', '"evil"'));
    const { made: later, notices } = await opened();
    expect(later.values('evil')).toEqual({});
    expect(notices.join()).toContain('cannot be read');
  });

  it.each([
    ['{'],
    ['[]'],
    ['{"format":"other"}'],
    ['\0\0'],
    ['{"format":"skillward-credentials","version":1,"entries":[{"skillId":"../x"}]}'],
  ])('a foreign file %j is set aside and said, and the store works', async (text) => {
    writeFileSync(file, text);
    const { made, notices } = await opened();
    expect(notices.join()).toContain('set aside');
    await made.set('mail', 'token', 'v');
    expect((await opened()).made.values('mail')).toEqual({ token: 'v' });
    const aside = readdirSync(dataDir).find((name) => name.startsWith('credentials.json.corrupt-'));
    expect(readFileSync(join(dataDir, aside ?? ''), 'utf8')).toBe(text);
  });

  it('a file of a newer version stays as it is', async () => {
    const text = '{"format":"skillward-credentials","version":2,"sealed":"x"}';
    writeFileSync(file, text);
    const { made, notices } = await opened();
    expect(notices.join()).toContain('newer Skillward');
    await expect(made.set('mail', 'token', 'v')).rejects.toMatchObject({ code: 'unavailable' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('what cannot be kept is refused, and nothing has changed', async () => {
    const { made } = await opened();
    await made.set('mail', 'token', 'before');
    rmSync(join(base, 'config'), { recursive: true });
    writeFileSync(join(base, 'config'), 'a file in the way');
    const later = (await opened()).made;
    await expect(later.set('mail', 'token', 'after-secret')).rejects.toThrow(
      /^(?!.*after-secret).*could not be kept/,
    );
    expect(later.values('mail')).toEqual({});
  });

  it('each kind of host leaves the entries of the other alone', async () => {
    const sealer = await keychainSealer(keychain, 'linux');
    if (sealer === null) throw new Error('a real keychain was offered');
    const { made } = await opened(sealer);
    expect(made.keptIn).toBe('the keychain of this computer');
    await made.set('mail', 'token', 'from-desktop');
    const { made: headless, notices } = await opened();
    expect(headless.values('mail')).toEqual({});
    expect(notices.join()).toContain('the other kind of host');
    await headless.set('radio', 'token', 'from-headless');
    expect((await opened(sealer)).made.values('mail')).toEqual({ token: 'from-desktop' });
    expect((await opened()).made.values('radio')).toEqual({ token: 'from-headless' });
  });

  it('a keychain in name only is none', async () => {
    const basic = { ...keychain, getSelectedStorageBackend: () => 'basic_text' as const };
    expect(await keychainSealer(basic, 'linux')).toBeNull();
    expect(
      await keychainSealer(
        { ...keychain, isAsyncEncryptionAvailable: () => Promise.resolve(false) },
        'darwin',
      ),
    ).toBeNull();
  });

  it('nothing is made before something is entered', async () => {
    await opened();
    expect(existsSync(file)).toBe(false);
    expect(existsSync(join(base, 'config'))).toBe(false);
  });
});
