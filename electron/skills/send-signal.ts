import type { SignalOutcome } from './process-tree.ts';

/** `kill(2)`: a negative pid means the group. Never throws. Pids 0, 1 and -1 mean everybody or init, so they are refused. */
export function sendSignal(pid: number, signal: NodeJS.Signals): SignalOutcome {
  if (!Number.isSafeInteger(pid) || Math.abs(pid) <= 1) return 'gone';
  try {
    process.kill(pid, signal);
    return 'sent';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'denied';
  }
}
