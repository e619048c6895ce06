import { vitalsOf } from '../../support/harness/vitals.ts';
import { sleep } from '../lib/process-figures.ts';

/** Ends a peer's daemon, then the children it had: the other way round it would start them again. */
export async function killTree(pid: number): Promise<void> {
  const { children } = vitalsOf(pid);
  kill(pid);
  for (const child of children) kill(child);
  // The kernel needs a moment to take their memory back; the next measurement should not pay for it.
  await sleep(300);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
