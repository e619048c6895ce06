import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a scenario must leave as it found it. */
export interface Vitals {
  readonly descriptors: number;
  readonly residentBytes: number;
  /** Pids of everything the process started and that has not ended, zombies included. */
  readonly children: readonly number[];
}

/** Looks at a process from outside, through `/proc`. Throws when it is gone. */
export function vitalsOf(pid: number): Vitals {
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    residentBytes: residentBytesOf(pid),
    children: childrenOf(pid),
  };
}

/** Resident memory of one process, bytes. */
export function residentBytesOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`process ${pid} has no resident memory: it is a zombie`);
  return Number(kilobytes) * 1024;
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/**
 * How late this machine runs anything at the moment: the event loop of the test itself, which has next to nothing to
 * do. What the host suffers beyond that is its own fault.
 */
export class MachineNoise {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.#delay.enable();
  }

  /** Milliseconds beyond the tick. */
  get p99Ms(): number {
    return Math.max(0, this.#delay.percentile(99) / 1e6 - 10);
  }

  get maxMs(): number {
    return Math.max(0, this.#delay.max / 1e6 - 10);
  }
}
