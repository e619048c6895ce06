import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FleetHost, fleetHostSchema } from '../../shared/model/fleet.ts';
import { FILE_MODE } from './files.ts';

/** Of a larger fleet, those heard last are remembered: the file is written every now and then, and read at once. */
const MAX_KEPT = 1000;
const fileSchema = z.object({ v: z.literal(1), fleet: z.string(), hosts: z.array(z.unknown()) });

/**
 * The other hosts of the fleet over a restart of this one, so that one that is away is shown as unknown and not as if it had
 * never been. Nothing depends on it: a file that is missing, old or damaged means that nobody is remembered.
 */
export class KnownHosts {
  readonly #file: string;
  readonly #report: (message: string, error: unknown) => void;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataDir: string, report: (message: string, error: unknown) => void) {
    this.#file = join(dataDir, 'fleet-hosts.json');
    this.#report = report;
  }

  /** Those of the fleet that was kept under this name. */
  read(fleet: string): readonly FleetHost[] {
    let kept: unknown;
    try {
      kept = JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return [];
    }
    const file = fileSchema.safeParse(kept);
    if (!file.success || file.data.fleet !== fleet) return [];
    return file.data.hosts.slice(0, MAX_KEPT).flatMap((entry) => {
      const host = fleetHostSchema.safeParse(entry);
      return host.success ? [host.data] : [];
    });
  }

  /** Keeps them in its own time, whole or not at all; trouble with the disk is reported and no more. */
  keep(fleet: string, hosts: readonly FleetHost[]): void {
    const newest = [...hosts]
      .sort((one, other) => (other.lastHeardAt ?? 0) - (one.lastHeardAt ?? 0))
      .slice(0, MAX_KEPT);
    const text = JSON.stringify({ v: 1, fleet, hosts: newest });
    this.#writing = this.#writing.then(() => this.#write(text));
  }

  /** Resolves when what was to be kept is written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    const part = `${this.#file}.part`;
    try {
      await writeFile(part, text, { mode: FILE_MODE });
      await rename(part, this.#file);
    } catch (error) {
      this.#report('fleet: the hosts that are known could not be kept', error);
    }
  }
}
