import type { SafeStorage } from 'electron';

/** What of Electron's `safeStorage` is needed: the secret itself lives in the keychain of the operating system. */
export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** On Linux `basic_text` is encryption with a password everybody knows. */
export async function isRealKeychain(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keychain.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keychain.getSelectedStorageBackend());
}
