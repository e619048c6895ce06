import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { desktopAdviceKeys } from '../../../electron/hosts/desktop/advice-keys.ts';
import type { Keychain } from '../../../electron/hosts/desktop/keychain.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sw-'));
  folders.push(made);
  return made;
}

function keychain(backend: ReturnType<Keychain['getSelectedStorageBackend']>, available = true): Keychain {
  const turn = (text: string) => [...text].reverse().join('');
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => Buffer.from(`sealed ${turn(text)}`),
    decryptStringAsync: async (sealed) => {
      const text = sealed.toString();
      if (!text.startsWith('sealed ')) throw new Error('not ours');
      return { result: turn(text.slice(7)), shouldReEncrypt: false };
    },
  };
}

describe('the key for repair suggestions', () => {
  it('is kept sealed, for this user alone, and forgotten when asked', async () => {
    const dataDir = folder();
    const keys = desktopAdviceKeys(dataDir, keychain('gnome_libsecret'), 'linux');
    expect(await keys.read()).toBeNull();
    await keys.write('k-123');
    const file = join(dataDir, 'advice-key');
    expect(readFileSync(file, 'utf8')).not.toContain('k-123');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await keys.read()).toBe('k-123');
    await keys.write(null);
    expect(existsSync(file)).toBe(false);
    await keys.write(null);
  });

  it.each([
    ['no encryption', keychain('gnome_libsecret', false)],
    ['a password everybody knows', keychain('basic_text')],
  ])('is not kept with %s', async (_name, without) => {
    const dataDir = folder();
    const keys = desktopAdviceKeys(dataDir, without, 'linux');
    await expect(keys.write('k-123')).rejects.toMatchObject({ code: 'unavailable' });
    expect(existsSync(join(dataDir, 'advice-key'))).toBe(false);
  });

  it('that cannot be unsealed is none', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'advice-key'), 'of another machine');
    expect(await desktopAdviceKeys(dataDir, keychain('kwallet5'), 'darwin').read()).toBeNull();
  });
});
