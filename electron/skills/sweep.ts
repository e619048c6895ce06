import type { Clock } from '../core/supervision/clock.ts';
import type { ProcessTree } from './process-tree.ts';

const lookAgainMs = 20;

export interface SweepTarget {
  readonly pid: number;
  readonly runId: string;
}

export interface SweepResult {
  /** Processes other than the leader that had to be ended. A group counts as one. */
  readonly ended: number;
  /** Living pids after the time was up; empty in all but the strangest cases. */
  readonly survivors: readonly number[];
}

/**
 * Ends what a dead run left behind: its group, and whatever carries its run id wherever it moved. Looks again until a
 * walk finds nothing, because a process can fork while it is being looked for (DESIGN.md section 5).
 *
 * @param target its leader has ended and was reaped
 * @param limitMs how long to go on, ms
 */
export async function sweepRun(
  target: SweepTarget,
  ports: { readonly tree: ProcessTree; readonly clock: Clock },
  limitMs = 2000,
): Promise<SweepResult> {
  const { tree, clock } = ports;
  const deadlineMs = clock.monotonicMs() + limitMs;
  const seen = new Set<number | 'group'>();
  for (;;) {
    const group = tree.signalGroup(target.pid, 'SIGKILL', true);
    const carriers = (await tree.carriers()).get(target.runId) ?? [];
    for (const pid of carriers) {
      tree.signal(pid, 'SIGKILL');
      seen.add(pid);
    }
    const groupLives = group !== 'gone' && (await tree.isGroupAlive(target.pid));
    if (groupLives) seen.add('group');
    if (!groupLives && carriers.length === 0) return { ended: seen.size, survivors: [] };
    if (clock.monotonicMs() >= deadlineMs) return { ended: seen.size, survivors: carriers };
    await new Promise<void>((resolve) => clock.after(lookAgainMs, resolve));
  }
}
