/** One way to keep a secret unreadable on disk: with a key in a file, or with what the operating system keeps. */
export interface Sealer {
  /** What is written beside a sealed value, so that another host knows whether it can open it. */
  readonly method: 'key-file' | 'keychain';
  /** In words, for people: `the keychain of this computer`. */
  readonly keptIn: string;
  /** `place` is bound into the result: moved to another place, it does not open. Throws SealingError. */
  seal(text: string, place: string): Promise<SealedText>;
  /** Null when it was sealed elsewhere, with another key, for another place, or is damaged. Never throws. */
  open(sealed: SealedText, place: string): Promise<string | null>;
}

export interface SealedText {
  readonly data: string;
  /** Which key of several it was; absent where there is only one. */
  readonly keyId?: string | undefined;
}

/** Nothing can be sealed here. The message says why and what to do, and never holds a value. */
export class SealingError extends Error {
  override readonly name = 'SealingError';
}
