import type { AppConfig } from '../../shared/model/config.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { Storage } from '../storage/storage.ts';

const RETENTION_EVERY_MS = 3_600_000;
const BACKUP_EVERY_MS = 86_400_000;
/** A backup that is due waits until the start is over. Hosts that are closed every evening must get theirs, too. */
const FIRST_BACKUP_AFTER_MS = 300_000;
/** One slice of the retention pass, ms: with its last step and the disk's share, it stays well under 50. */
export const RETENTION_SLICE_MS = 10;
const SLICE_GAP_MS = 100;

export interface HousekeepingPorts {
  readonly clock: Clock;
  readonly storage: Storage;
  config(): AppConfig['retention'];
  report(message: string, error: unknown): void;
}

/** Keeps the database small and backed up, in slices that never block the host for long. */
export class Housekeeping {
  readonly #ports: HousekeepingPorts;
  #retention: Timer | null = null;
  #backup: Timer | null = null;

  constructor(ports: HousekeepingPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#retention = this.#ports.clock.after(RETENTION_EVERY_MS / 60, () => this.#slice());
    this.#backup = this.#ports.clock.after(this.#untilBackupMs(), () => this.#backUp());
  }

  stop(): void {
    this.#retention?.cancel();
    this.#backup?.cancel();
  }

  #untilBackupMs(): number {
    const last = this.#try('backup', () => this.#ports.storage.lastBackupAt(), null);
    const ageMs = last === null ? BACKUP_EVERY_MS : this.#ports.clock.nowMs() - last;
    // A copy of the future (the wall clock was set back) is no reason to wait for longer than usual.
    return Math.min(BACKUP_EVERY_MS, Math.max(FIRST_BACKUP_AFTER_MS, BACKUP_EVERY_MS - ageMs));
  }

  #slice(): void {
    const done = this.#try(
      'retention',
      () => this.#ports.storage.retention(this.#ports.config(), RETENTION_SLICE_MS).done,
      true,
    );
    this.#retention = this.#ports.clock.after(done ? RETENTION_EVERY_MS : SLICE_GAP_MS, () => this.#slice());
  }

  #backUp(): void {
    this.#try('backup', () => this.#ports.storage.backupNow(), undefined);
    this.#backup = this.#ports.clock.after(BACKUP_EVERY_MS, () => this.#backUp());
  }

  /** Housekeeping must never stop supervision: a failure is reported and tried again next time. */
  #try<T>(what: string, run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      this.#ports.report(what, error);
      return otherwise;
    }
  }
}
