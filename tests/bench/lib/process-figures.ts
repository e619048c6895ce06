import { readFileSync } from 'node:fs';
import { residentBytesOf } from '../../support/harness/vitals.ts';

/** The kernel's unit in `/proc/<pid>/stat`, per second; 100 on every Linux that runs Node. */
const TICKS_PER_SEC = 100;

/** CPU time a process has used so far (all threads, without its children), ms, to the kernel's tick of 10 ms. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SEC;
}

export function residentMiB(pid: number): number {
  return residentBytesOf(pid) / 1_048_576;
}

/** The clock the kernel and Python's `time.monotonic_ns` share, ms. */
export function kernelMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
