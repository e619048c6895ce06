import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** The machine in general words: enough to read the figures by, nothing that names it. */
export function machineInWords(): string {
  const cores = cpus().length;
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  return `${cores} cores, ${gibibytes} GiB of memory, ${process.platform}, Node ${process.versions.node}, ${python()}`;
}

/** How busy the machine is beside the benchmark: processes that wanted a core in the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? 0;
}

function python(): string {
  try {
    return execFileSync('python3', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return 'no Python';
  }
}
