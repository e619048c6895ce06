import type { Clock } from '../core/supervision/clock.ts';
import type { ProcessTree } from './process-tree.ts';
import type { RunRecord } from './types.ts';

const politeMs = 2000;
const lookAgainMs = 50;

export interface OrphanSweep {
  /** Processes of an earlier host that were found alive and ended. */
  readonly ended: number;
  /** Records whose pid belongs to somebody else by now: left alone. */
  readonly strangers: number;
}

interface Suspect {
  readonly pid: number;
  /** What it was when it was found to be ours; checked again before every signal. */
  readonly identity: string;
  readonly leadsGroup: boolean;
}

/**
 * Ends what survived an earlier host that could not clean up after itself. A process is ours when it carries a run id of
 * this data folder, or when a record names its pid *and* its start time; a pid alone, or a name, proves nothing
 * (DESIGN.md section 5).
 *
 * @param runIdPrefix what all run ids of this data folder begin with
 */
export async function endOrphans(
  records: readonly RunRecord[],
  runIdPrefix: string,
  ports: { readonly tree: ProcessTree; readonly clock: Clock },
): Promise<OrphanSweep> {
  const { tree, clock } = ports;
  const found = new Map<number, Suspect>();
  let strangers = 0;
  for (const { pid, startTicks } of records) {
    const identity = await tree.identity(pid);
    if (identity === null || !(await tree.isAlive(pid))) continue;
    if (startTicks !== null && identity === startTicks) found.set(pid, { pid, identity, leadsGroup: true });
    else strangers += 1;
  }
  const known = new Set(found.keys());
  await addCarriers(found, runIdPrefix, tree);
  // Whoever carries a run id of ours is no stranger, whatever the record said.
  strangers -= records.filter(({ pid }) => found.has(pid) && !known.has(pid)).length;

  await signalAll(found, 'SIGTERM', tree);
  await signalAll(found, 'SIGCONT', tree);
  const all = new Set(found.keys());
  const killAtMs = clock.monotonicMs() + politeMs;
  const giveUpAtMs = killAtMs + politeMs;
  for (;;) {
    await keepLiving(found, tree);
    await addCarriers(found, runIdPrefix, tree);
    for (const pid of found.keys()) all.add(pid);
    const nowMs = clock.monotonicMs();
    if (found.size === 0 || nowMs >= giveUpAtMs) break;
    if (nowMs >= killAtMs) await signalAll(found, 'SIGKILL', tree);
    await new Promise<void>((resolve) => clock.after(lookAgainMs, resolve));
  }
  return { ended: all.size - found.size, strangers };
}

async function addCarriers(found: Map<number, Suspect>, prefix: string, tree: ProcessTree): Promise<void> {
  for (const [runId, pids] of await tree.carriers()) {
    if (!runId.startsWith(prefix)) continue;
    for (const pid of pids) {
      const identity = await tree.identity(pid);
      if (identity !== null && !found.has(pid)) found.set(pid, { pid, identity, leadsGroup: false });
    }
  }
}

async function signalAll(
  found: ReadonlyMap<number, Suspect>,
  signal: NodeJS.Signals,
  tree: ProcessTree,
): Promise<void> {
  for (const { pid, identity, leadsGroup } of found.values()) {
    if ((await tree.identity(pid)) !== identity) continue;
    if (leadsGroup) tree.signalGroup(pid, signal, false);
    else tree.signal(pid, signal);
  }
}

async function keepLiving(found: Map<number, Suspect>, tree: ProcessTree): Promise<void> {
  for (const { pid, identity } of [...found.values()]) {
    if ((await tree.identity(pid)) !== identity || !(await tree.isAlive(pid))) found.delete(pid);
  }
}
