import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { CommandError } from '../../../shared/contract/index.ts';
import type { AdviceKeys } from '../../runtime/repair-advice.ts';

/** What of Electron's `safeStorage` is needed: the secret itself lives in the keychain of the operating system. */
export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * Keeps the key of the endpoint for repair suggestions, encrypted with what the operating system keeps for this user, in
 * `advice-key` of the data folder. Without a real keychain nothing is kept: `write` throws `CommandError` `unavailable`.
 */
export function desktopAdviceKeys(
  dataDir: string,
  keychain: Keychain,
  platform: NodeJS.Platform,
): AdviceKeys {
  const file = join(dataDir, 'advice-key');
  return {
    async read() {
      const encrypted = readIfThere(file);
      if (encrypted === null || !(await isReal(keychain, platform))) return null;
      try {
        return (await keychain.decryptStringAsync(encrypted)).result;
      } catch {
        // Of another user or machine, or damaged: as good as none. The endpoint will ask for one.
        return null;
      }
    },
    async write(key) {
      if (key === null) {
        rmSync(file, { force: true });
        return;
      }
      if (!(await isReal(keychain, platform))) {
        throw new CommandError(
          'unavailable',
          'This system offers no keychain to keep a key in. Give it in the environment: SKILLWARD_ADVICE_KEY.',
        );
      }
      writeFileSync(file, await keychain.encryptStringAsync(key), { mode: 0o600 });
    },
  };
}

/** On Linux `basic_text` is encryption with a password everybody knows. */
async function isReal(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keychain.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keychain.getSelectedStorageBackend());
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
