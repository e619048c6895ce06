import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a scenario must leave as it found it. */
export interface Vitals {
  /** What each open descriptor is of, without the numbers of this moment: `pipe:`, a file's path, a socket's. */
  readonly descriptorNames: readonly string[];
  readonly descriptors: number;
  readonly residentBytes: number;
  /** Pids of everything the process started and that has not ended, zombies included. */
  readonly children: readonly number[];
}

/** Looks at a process from outside, through `/proc`. Throws when it is gone. */
export function vitalsOf(pid: number): Vitals {
  const descriptorNames = descriptorsOf(pid);
  return {
    descriptorNames,
    descriptors: descriptorNames.length,
    residentBytes: residentBytesOf(pid),
    children: childrenOf(pid),
  };
}

/** What is open beyond what was and `more`; nothing while there are no more than that. */
export function extraDescriptors(before: Vitals, now: Vitals, more: number): readonly string[] {
  const rest = withoutSpare(now.descriptorNames);
  const known = withoutSpare(before.descriptorNames);
  if (rest.length <= known.length + more) return [];
  for (const name of known) {
    const at = rest.indexOf(name);
    if (at !== -1) rest.splice(at, 1);
  }
  return rest;
}

/**
 * The copy made five minutes after a start opens the database a second time. Closing that would drop the locks of the
 * first, so SQLite keeps it, and takes it again for the next copy.
 */
function withoutSpare(names: readonly string[]): string[] {
  return names.filter((name, at) => !name.endsWith('/skillward.db') || names.indexOf(name) === at);
}

function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((number) => {
    try {
      return [nameOf(readlinkSync(`${folder}/${number}`))];
    } catch {
      // Closed between two looks.
      return [];
    }
  });
}

function nameOf(link: string): string {
  const [, inode] = /^socket:\[(\d+)\]$/.exec(link) ?? [];
  if (inode === undefined) return link.replace(/\[\d+\]$/, '');
  const fields = readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .map((line) => line.split(' ').filter(Boolean))
    .find((line) => line[6] === inode);
  // A skill's pipe is a pair of sockets without a name, a connection to the host has that of its door.
  return fields === undefined ? 'socket of the network' : `socket ${fields[7] ?? 'without a name'}`;
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
