import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { AdviceKeys } from '../../runtime/repair-advice.ts';
import { isRealKeychain, type Keychain } from './keychain.ts';

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
      if (encrypted === null || !(await isRealKeychain(keychain, platform))) return null;
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
      if (!(await isRealKeychain(keychain, platform))) {
        throw new CommandError(
          'unavailable',
          'This system offers no keychain to keep a key in. Give it in the environment: SKILLWARD_ADVICE_KEY.',
        );
      }
      writeFileSync(file, await keychain.encryptStringAsync(key), { mode: 0o600 });
    },
  };
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
