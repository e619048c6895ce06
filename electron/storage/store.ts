import { existsSync } from 'node:fs';
import type { HostNotice } from '../../shared/model/runtime.ts';
import { type Connection, diskTroubleOf } from './database.ts';
import { sizeOf } from './files.ts';
import { notice, troubleWords } from './notices.ts';
import { openDatabase } from './open-database.ts';
import { bringBack, type Refuge, takeRefuge, trimRefuge } from './refuge.ts';

export type StorageMode = 'disk' | 'memory' | 'read-only';

export interface StoreOptions {
  readonly path: string;
  readonly dataDir: string;
  readonly nowMs: () => number;
  /** Told what happens after opening; what opening itself found is in `openingNotices`. */
  readonly onNotice: (notice: HostNotice) => void;
  /** How long to leave a disk alone that took nothing, ms. */
  readonly retryAfterMs: number;
}

/**
 * The database as the tables see it: there, whatever the disk does. When the disk stops taking writes, they go to a
 * refuge in memory and back to the disk once it takes them again (DESIGN.md §7: shown, bounded, never in the way of
 * supervision).
 */
export class Store {
  readonly openingNotices: readonly HostNotice[];
  readonly #options: StoreOptions;
  #disk: Connection | null;
  #diskWritable: boolean;
  #refuge: Refuge | null;
  #retry: boolean;
  #lastTryMs: number;
  #mistrust = false;
  #lostChecks = 0;

  constructor(options: StoreOptions) {
    this.#options = options;
    const now = options.nowMs();
    const opened = openDatabase(options.path, { dataDir: options.dataDir, nowMs: now, thorough: false });
    this.#disk = opened.connection;
    this.#diskWritable = opened.writable;
    this.#retry = opened.retry;
    this.#lastTryMs = now;
    this.#refuge = opened.writable ? null : takeRefuge(opened.connection, now);
    this.openingNotices = opened.notices;
  }

  get mode(): StorageMode {
    if (this.#refuge === null) return 'disk';
    return this.#retry ? 'memory' : 'read-only';
  }

  /** Where writes go now. */
  get current(): Connection {
    const connection = this.#refuge?.connection ?? this.#disk;
    if (connection === null) throw new Error('a store has a disk or a refuge');
    return connection;
  }

  get sizeBytes(): number {
    return sizeOf(this.#options.path) + sizeOf(`${this.#options.path}-wal`);
  }

  /** Runs `work` as one transaction. It may run a second time, on another connection, when the disk refuses the first. */
  write<T>(work: (db: Connection) => T, durability: 'normal' | 'durable' = 'normal'): T {
    return this.#onDiskOrRefuge((db) =>
      durability === 'durable' ? db.durably(() => work(db)) : db.transaction(() => work(db)),
    );
  }

  /** Reads state, of which the refuge has all there is to know. */
  read<T>(work: (db: Connection) => T): T {
    return this.#onDiskOrRefuge(work);
  }

  /** The connections history is spread over. Reading one that is in trouble may throw; see `history`. */
  readers(): readonly Connection[] {
    return [this.#disk, this.#refuge?.connection ?? null].filter((db) => db !== null);
  }

  /** Reads history from the disk and the refuge, or from the refuge alone where the disk will not give any. */
  history<T>(work: (dbs: readonly Connection[]) => T): T {
    try {
      return work(this.readers());
    } catch (error) {
      const trouble = diskTroubleOf(error);
      // A file of a newer version may have other tables: nothing of it can be shown then.
      if (trouble === null && this.mode !== 'read-only') throw error;
      if (this.#refuge === null) this.#flee(troubleWords[trouble ?? 'io'], trouble === 'corrupt');
      return work([this.current]);
    }
  }

  /** Looks after the refuge: bounds it, and tries the disk again now and then. Cheap; call it with every flush. */
  tend(): void {
    if (this.#refuge === null) {
      if (!existsSync(this.#options.path)) this.#flee('it has been removed', true);
      return;
    }
    this.#lostChecks += trimRefuge(this.#refuge);
    if (this.#retry && this.#options.nowMs() - this.#lastTryMs >= this.#options.retryAfterMs) this.#return();
  }

  close(): void {
    if (this.#refuge !== null && this.#retry) this.#return();
    this.#disk?.close();
    this.#refuge?.connection.close();
  }

  #onDiskOrRefuge<T>(work: (db: Connection) => T): T {
    if (this.#refuge === null) {
      try {
        return work(this.current);
      } catch (error) {
        const trouble = diskTroubleOf(error);
        if (trouble === null) throw error;
        this.#flee(troubleWords[trouble], trouble === 'corrupt');
      }
    }
    return work(this.current);
  }

  /** `abandon`: the file itself is of no more use; it is opened, and judged, anew at the next try. */
  #flee(why: string, abandon: boolean): void {
    const now = this.#options.nowMs();
    this.#refuge = takeRefuge(this.#disk, now);
    this.#lastTryMs = now;
    if (abandon) {
      this.#mistrust = true;
      this.#diskWritable = false;
      this.#disk?.close();
      this.#disk = null;
    }
    const message =
      `What happens now is kept in memory only: the database ${this.#options.path} takes nothing more, ${why}. ` +
      'Skills are supervised as before; the disk is tried again by itself.';
    this.#options.onNotice(notice(now, 'error', 'storage_unwritable', message));
  }

  #return(): void {
    const refuge = this.#refuge;
    this.#lastTryMs = this.#options.nowMs();
    if (refuge === null || (!this.#diskWritable && !this.#reopen())) return;
    const disk = this.#disk;
    if (disk === null) return;
    try {
      disk.durably(() => bringBack(refuge, disk));
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      return;
    }
    this.#refuge = null;
    refuge.connection.close();
    const lost =
      this.#lostChecks === 0 ? '' : ` ${this.#lostChecks} of the oldest checks were more than memory holds.`;
    this.#lostChecks = 0;
    const message = `The database takes writes again; what was kept in memory is on disk now.${lost}`;
    this.#options.onNotice(notice(this.#lastTryMs, 'info', 'storage_recovered', message));
  }

  #reopen(): boolean {
    const { path, dataDir, onNotice } = this.#options;
    const opened = openDatabase(path, { dataDir, nowMs: this.#lastTryMs, thorough: this.#mistrust });
    if (!opened.writable) {
      opened.connection?.close();
      return false;
    }
    this.#disk?.close();
    this.#disk = opened.connection;
    this.#diskWritable = true;
    this.#mistrust = false;
    for (const found of opened.notices) onNotice(found);
    return true;
  }
}
