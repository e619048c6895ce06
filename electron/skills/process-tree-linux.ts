import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProcessTree } from './process-tree.ts';
import { sendSignal } from './send-signal.ts';

/** Processes looked at before the event loop gets a turn: well under a millisecond. */
const sliceSize = 32;
const marker = Buffer.from('SKILLWARD_RUN_ID=');

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly startTicks: string;
}

/** `/proc`. Reading it is a few microseconds per process, which is less than a detour through the thread pool. */
export const linuxProcessTree: ProcessTree = {
  identity: async (pid) => {
    const stat = readStat(pid);
    return stat === null ? null : `${stat.startTicks}@${bootId()}`;
  },
  isAlive: async (pid) => isLiving(readStat(pid)),
  isGroupAlive: async (leaderPid) => {
    for await (const slice of inSlices(pids())) {
      const stats = slice.map(readStat);
      if (stats.some((stat) => stat?.group === leaderPid && isLiving(stat))) return true;
    }
    return false;
  },
  carriers: () => scanner.next(),
  carriersNow: () => {
    const found = new Map<string, number[]>();
    for (const pid of pids()) note(found, pid);
    return found;
  },
  leaderStarted: (pid, runId) => void leaders.set(pid, runId),
  leaderReaped: (pid) => void leaders.delete(pid),
  signalGroup: (leaderPid, signal, leaderReaped) =>
    leaderReaped && existsSync(`/proc/${leaderPid}`) ? 'gone' : sendSignal(-leaderPid, signal),
  signal: sendSignal,
  residentBytes: async (pidList) => {
    let total: number | null = null;
    for (const pid of pidList) {
      const pages = residentPages(pid);
      if (pages > 0) total = (total ?? 0) + pages * pageBytes();
    }
    return total;
  },
};

/**
 * One walk through the process table answers everybody who asked before it began: two hundred skills that die at once
 * cost a few walks, not two hundred. Whoever asks during a walk gets the next one, which sees what this one passed.
 */
class CarrierScanner {
  #running: Promise<unknown> | null = null;
  #queued: Promise<ReadonlyMap<string, readonly number[]>> | null = null;

  next(): Promise<ReadonlyMap<string, readonly number[]>> {
    this.#queued ??= this.#scanAfter(this.#running);
    return this.#queued;
  }

  async #scanAfter(previous: Promise<unknown> | null): Promise<ReadonlyMap<string, readonly number[]>> {
    await (previous ?? nextTurn());
    const scan = this.#scan();
    this.#running = scan;
    this.#queued = null;
    const found = await scan;
    if (this.#running === scan) this.#running = null;
    return found;
  }

  async #scan(): Promise<ReadonlyMap<string, readonly number[]>> {
    const found = new Map<string, number[]>();
    const all = pids();
    // Known ones cost nothing: only the others are worth a turn of the event loop.
    for (const pid of all) if (leaders.has(pid)) note(found, pid);
    const others = all.filter((pid) => !leaders.has(pid));
    for await (const slice of inSlices(others)) for (const pid of slice) note(found, pid);
    return found;
  }
}

const scanner = new CarrierScanner();

/**
 * Run ids by pid of the host's own living children. Nobody else gets such a pid before the child is reaped, so a walk need
 * not open the environment of each: of a host with hundreds of skills that is nearly the whole walk.
 */
const leaders = new Map<number, string>();

function note(found: Map<string, number[]>, pid: number): void {
  if (pid === process.pid) return;
  const runId = leaders.get(pid) ?? readRunId(pid);
  if (runId === null) return;
  const known = found.get(runId);
  if (known === undefined) found.set(runId, [pid]);
  else known.push(pid);
}

/** A zombie has no environment any more, so it carries nothing. */
function readRunId(pid: number): string | null {
  const environ = read(`/proc/${pid}/environ`);
  if (environ === null) return null;
  for (let at = environ.indexOf(marker); at !== -1; at = environ.indexOf(marker, at + 1)) {
    if (at > 0 && environ[at - 1] !== 0) continue;
    const from = at + marker.length;
    const end = environ.indexOf(0, from);
    return environ.toString('utf8', from, end === -1 ? environ.length : end);
  }
  return null;
}

/** The command's name stands in parentheses and may hold spaces and parentheses itself: count from the last one. */
function readStat(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`)?.toString('latin1');
  if (text === undefined) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startTicks = fields[19];
  return state === undefined || startTicks === undefined ? null : { state, group: Number(group), startTicks };
}

function isLiving(stat: Stat | null): boolean {
  return stat !== null && stat.state !== 'Z' && stat.state !== 'X';
}

let cachedBootId: string | undefined;
/** Start times count from boot, so the boot is part of an identity. */
function bootId(): string {
  cachedBootId ??= read('/proc/sys/kernel/random/boot_id')?.toString('latin1').trim().slice(0, 8) ?? '';
  return cachedBootId;
}

let cachedPageBytes: number | undefined;
/** The machine's own unit of memory: what Node counts in bytes, the kernel counts in pages. Some have larger ones than 4 KiB. */
function pageBytes(): number {
  cachedPageBytes ??= 2 ** Math.round(Math.log2(process.memoryUsage.rss() / residentPages(process.pid)));
  return cachedPageBytes;
}

/** None of who is gone and of a zombie. `status` says the same in words, and costs twice as much. */
function residentPages(pid: number): number {
  return Number(read(`/proc/${pid}/statm`)?.toString('latin1').split(' ')[1] ?? 0);
}

/** What was read last: a walk through the table reads hundreds of files, and `readFileSync` leaves 64 KiB behind each. */
let page = Buffer.allocUnsafeSlow(65_536);

/** The content, valid until the next call. Null when the process went away or is not ours to look at. */
function read(path: string): Buffer | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    // These files are made while they are read, and one read gives all that has room.
    let length = readSync(file, page, 0, page.length, 0);
    while (length === page.length) {
      page = Buffer.concat([page], page.length * 2);
      length += readSync(file, page, length, page.length - length, length);
    }
    return page.subarray(0, length);
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/** Empty where the table cannot be read (no descriptor left): looking again is the caller's business. */
function pids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** A slice at a time, not a pid at a time: a promise for each of them would cost as much as reading it. */
async function* inSlices(all: readonly number[]): AsyncGenerator<readonly number[]> {
  for (let from = 0; from < all.length; from += sliceSize) {
    if (from > 0) await nextTurn();
    yield all.slice(from, from + sliceSize);
  }
}
