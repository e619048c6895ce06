import { readdirSync } from 'node:fs';
import { systemProcessTree } from '../../../electron/skills/system-process-tree.ts';
import { until } from './until.ts';

/** How many file descriptors this process has open. */
export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Living processes that carry a run id with this prefix. */
export async function carriersOf(prefix: string): Promise<readonly number[]> {
  const found = await systemProcessTree().carriers();
  return [...found].flatMap(([runId, pids]) => (runId.startsWith(prefix) ? pids : []));
}

/** What a scenario must leave as it found it. Take it before, `check` it after. */
export class LeakCheck {
  readonly #descriptors = openDescriptors();
  readonly #prefix: string;

  constructor(runIdPrefix: string) {
    this.#prefix = runIdPrefix;
  }

  /** Throws when a process or a descriptor is left. Descriptors close a moment after their stream says so. */
  async check(): Promise<void> {
    const left = await carriersOf(this.#prefix);
    if (left.length > 0) throw new Error(`processes left behind: ${left.join(', ')}`);
    await until(
      () => openDescriptors() <= this.#descriptors,
      `descriptors are closed (${this.#descriptors} before)`,
      3000,
    );
  }
}
