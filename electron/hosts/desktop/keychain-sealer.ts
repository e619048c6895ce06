import type { SealedText, Sealer } from '../../runtime/credential-desk.ts';
import { isRealKeychain, type Keychain } from './keychain.ts';

/**
 * Seals credentials with what the operating system keeps for this user. Null where there is no real keychain: then the
 * host uses a key in a file like one without a window does.
 */
export async function keychainSealer(keychain: Keychain, platform: NodeJS.Platform): Promise<Sealer | null> {
  if (!(await isRealKeychain(keychain, platform))) return null;
  return {
    method: 'keychain',
    keptIn: 'the keychain of this computer',
    async seal(text, place): Promise<SealedText> {
      // A keychain binds nothing to a place, so the place is sealed with the text.
      const sealed = await keychain
        .encryptStringAsync(JSON.stringify([place, text]))
        .catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          throw new Error(`the keychain of this computer refused (${why}). Unlock it and try again.`);
        });
      return { data: sealed.toString('base64') };
    },
    async open({ data }, place) {
      try {
        const { result } = await keychain.decryptStringAsync(Buffer.from(data, 'base64'));
        const opened: unknown = JSON.parse(result);
        if (!Array.isArray(opened) || opened[0] !== place || typeof opened[1] !== 'string') return null;
        return opened[1];
      } catch {
        // Of another user or machine, or damaged: as good as none.
        return null;
      }
    },
  };
}
