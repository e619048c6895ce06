import { join } from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { HostNotice } from '../../../shared/model/runtime.ts';
import { setAside } from '../files.ts';
import { notice } from '../notices.ts';
import { type CredentialEntry, readCredentialFile, writeCredentialFile } from './credential-file.ts';
import type { Sealer } from './sealer.ts';

export interface CredentialStoreOptions {
  readonly dataDir: string;
  readonly nowMs: () => number;
  /** Makes the sealer of this host. `usedKeys`: the ids of keys that values on disk were sealed with. */
  readonly makeSealer: (usedKeys: ReadonlySet<string>) => Sealer;
  /** In the data folder; `credentials.json` unless said otherwise. */
  readonly fileName?: string;
  /** Bound into every sealed value: none opens in the file of another purpose. */
  readonly purpose?: string;
}

interface Kept {
  readonly entry: CredentialEntry;
  /** Null: sealed by another host or with a key that is not here. */
  readonly value: string | null;
}

/**
 * The credentials people entered, in `credentials.json` of the data folder, each sealed for its own place. Values are
 * opened once, when the host starts, and held in memory: they go to the skill they belong to and nowhere else.
 */
export class CredentialStore {
  readonly #options: CredentialStoreOptions;
  readonly #file: string;
  readonly #kept = new Map<string, Kept>();
  readonly #opened = Promise.withResolvers<void>();
  #sealer: Sealer | null = null;
  /** Why nothing can be written; null when it can. */
  #closedBecause: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: CredentialStoreOptions) {
    this.#options = options;
    this.#file = join(options.dataDir, options.fileName ?? 'credentials.json');
  }

  /** In words, for people: `an encrypted file`. */
  get keptIn(): string {
    return this.#sealer?.keptIn ?? 'nowhere yet: the host is starting';
  }

  /** Reads what is kept. Returns what people should know about it; never throws for the disk or the key. */
  async open(): Promise<readonly HostNotice[]> {
    const notices: HostNotice[] = [];
    const entries = this.#readEntries(notices);
    const usedKeys = new Set(entries.flatMap(({ keyId }) => (keyId === undefined ? [] : [keyId])));
    const sealer = this.#options.makeSealer(usedKeys);
    this.#sealer = sealer;
    for (const entry of entries) {
      const place = this.#placeOf(entry.skillId, entry.name);
      const value = entry.by === sealer.method ? await sealer.open(entry, place) : null;
      this.#kept.set(place, { entry, value });
    }
    const unreadable = [...this.#kept.values()].filter(({ value }) => value === null);
    if (unreadable.length > 0) notices.push(this.#unreadableNotice(unreadable, sealer));
    this.#opened.resolve();
    return notices;
  }

  /** The values kept for a skill, by name; those that cannot be read are left out. */
  values(skillId: string): Readonly<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const { entry, value } of this.#kept.values()) {
      if (entry.skillId === skillId && value !== null) values[entry.name] = value;
    }
    return values;
  }

  /** On disk when it resolves. Throws `CommandError` `unavailable` where it cannot be kept; nothing has changed then. */
  set(skillId: string, name: string, value: string): Promise<void> {
    return this.#change(async (sealer) => {
      const place = this.#placeOf(skillId, name);
      const sealed = await sealer.seal(value, place);
      const entry = { skillId, name, by: sealer.method, ...sealed, setAt: this.#options.nowMs() };
      this.#write([
        ...this.#entriesBut((other) => this.#placeOf(other.skillId, other.name) === place),
        entry,
      ]);
      this.#kept.set(place, { entry, value });
    });
  }

  /** Resolves with whether there was one. Throws like `set`. */
  clear(skillId: string, name: string): Promise<boolean> {
    return this.#remove((entry) => entry.skillId === skillId && entry.name === name);
  }

  /** Everything kept for a skill goes. Throws like `set`. */
  async forget(skillId: string): Promise<void> {
    await this.#remove((entry) => entry.skillId === skillId);
  }

  #remove(which: (entry: CredentialEntry) => boolean): Promise<boolean> {
    return this.#change(async () => {
      const gone = [...this.#kept].filter(([, { entry }]) => which(entry));
      if (gone.length === 0) return false;
      this.#write(this.#entriesBut(which));
      for (const [place] of gone) this.#kept.delete(place);
      return true;
    });
  }

  /** One change after another: each writes the whole file. */
  #change<T>(work: (sealer: Sealer) => Promise<T>): Promise<T> {
    const done = this.#queue.then(async () => {
      await this.#opened.promise;
      if (this.#closedBecause !== null) throw new CommandError('unavailable', this.#closedBecause);
      if (this.#sealer === null) throw new Error('an opened store has a sealer');
      try {
        return await work(this.#sealer);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new CommandError('unavailable', `The credential could not be kept: ${why}`);
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #entriesBut(which: (entry: CredentialEntry) => boolean): CredentialEntry[] {
    return [...this.#kept.values()].map(({ entry }) => entry).filter((entry) => !which(entry));
  }

  #write(entries: readonly CredentialEntry[]): void {
    writeCredentialFile(this.#file, entries);
  }

  #readEntries(notices: HostNotice[]): readonly CredentialEntry[] {
    const now = this.#options.nowMs();
    const read = readCredentialFile(this.#file);
    switch (read.kind) {
      case 'entries':
        return read.entries;
      case 'newer': {
        const message = `${this.#file} was written by a newer Skillward: its credentials are not used and not changed. Update Skillward.`;
        this.#closedBecause = message;
        notices.push(notice(now, 'error', 'credentials_unreadable', message));
        return [];
      }
      case 'unreachable': {
        const message = `The credentials cannot be read (${read.why}). Make ${this.#file} readable and start the host again.`;
        this.#closedBecause = message;
        notices.push(notice(now, 'error', 'credentials_unreadable', message));
        return [];
      }
      case 'foreign':
        notices.push(this.#setAside(read.why, now));
        return [];
    }
  }

  #setAside(why: string, now: number): HostNotice {
    try {
      const aside = setAside(this.#file, now);
      const message = `The file of credentials cannot be used, ${why}. It was set aside as ${aside}; enter the credentials again.`;
      return notice(now, 'error', 'credentials_set_aside', message);
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      const message = `The file of credentials cannot be used, ${why}, and cannot be set aside (${because}). Move ${this.#file} away and start the host again.`;
      this.#closedBecause = message;
      return notice(now, 'error', 'credentials_unreadable', message);
    }
  }

  #unreadableNotice(unreadable: readonly Kept[], sealer: Sealer): HostNotice {
    const names = unreadable.map(({ entry }) => `${entry.skillId} ${entry.name}`);
    const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
    const elsewhere = unreadable.every(({ entry }) => entry.by !== sealer.method);
    const message = elsewhere
      ? `Some credentials were kept by the other kind of host and cannot be read by this one (${shown}). Enter them again, or use the host that kept them.`
      : `Some credentials cannot be read, their key is missing or another one (${shown}). Put the key back and start the host again, or enter them again.`;
    return notice(this.#options.nowMs(), 'warning', 'credentials_unreadable', message);
  }

  /** Bound into a sealed value: it opens for this credential of this skill and for no other. */
  #placeOf(skillId: string, name: string): string {
    return `${this.#options.purpose ?? 'skillward-credential'}\0v1\0${skillId}\0${name}`;
  }
}
