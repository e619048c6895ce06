import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { keyFilePath, makeKey, readKey } from './key-file.ts';
import { type SealedText, type Sealer, SealingError } from './sealer.ts';

const CIPHER = 'aes-256-gcm';
/** What NIST SP 800-38D recommends for GCM, bytes. A random one per value: far fewer than 2^32 are ever made. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Begins every sealed value, so that another layout can follow. */
const LAYOUT = 'v1';

export interface KeyFileSealerOptions {
  readonly dataDir: string;
  /** The usual key's name: the id of the data folder. */
  readonly instanceId: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Ids of keys that values on disk were sealed with. */
  readonly usedKeys: ReadonlySet<string>;
}

/** Seals with AES-256-GCM under a random key in a file outside the data folder, for hosts without a keychain. */
export class KeyFileSealer implements Sealer {
  readonly method = 'key-file';
  readonly keptIn = 'an encrypted file; its key lies outside the data folder';
  readonly #options: KeyFileSealerOptions;
  readonly #keys = new Map<string, Buffer>();
  #ownKeyId: string | null = null;

  constructor(options: KeyFileSealerOptions) {
    this.#options = options;
  }

  async seal(text: string, place: string): Promise<SealedText> {
    const { keyId, key } = this.#keyToSealWith();
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { data: `${LAYOUT}.${sealed.toString('base64url')}`, keyId };
  }

  async open({ data, keyId }: SealedText, place: string): Promise<string | null> {
    const key = this.#key(keyId ?? this.#options.instanceId);
    const [layout, body = ''] = data.split('.');
    const sealed = Buffer.from(body, 'base64url');
    if (key === null || layout !== LAYOUT || sealed.length < IV_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const text = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      // GCM says no more than that something does not fit: the key, the place, or the bytes.
      return null;
    }
  }

  /** A key that was lost is not made anew under its name: whoever finds it again can put it back. */
  #keyToSealWith(): { readonly keyId: string; readonly key: Buffer } {
    const { dataDir, env, instanceId, platform, usedKeys } = this.#options;
    const known = this.#ownKeyId === null ? null : this.#key(this.#ownKeyId);
    if (this.#ownKeyId !== null && known !== null) return { keyId: this.#ownKeyId, key: known };
    for (const keyId of [instanceId, ...usedKeys]) {
      const key = this.#key(keyId);
      if (key !== null) return { keyId: this.#use(keyId, key), key };
    }
    const keyId =
      usedKeys.has(instanceId) && env.SKILLWARD_CREDENTIALS_KEY_FILE === undefined
        ? randomUUID()
        : instanceId;
    const file = keyFilePath(keyId, env, platform);
    if (file === null) throw new SealingError('The data folder has no usable id to name a key after.');
    const key = makeKey(file, dataDir);
    return { keyId: this.#use(keyId, key), key };
  }

  #use(keyId: string, key: Buffer): string {
    this.#ownKeyId = keyId;
    this.#keys.set(keyId, key);
    return keyId;
  }

  #key(keyId: string): Buffer | null {
    const known = this.#keys.get(keyId);
    if (known !== undefined) return known;
    const { env, platform } = this.#options;
    const file = keyFilePath(keyId, env, platform);
    const read = file === null ? null : readKey(file);
    if (read?.kind !== 'key') return null;
    this.#keys.set(keyId, read.key);
    return read.key;
  }
}
