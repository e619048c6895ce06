import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { delimiter, dirname } from 'node:path';

/** The machine in general words: enough to read the figures by, nothing that names it. */
export function machineInWords(): string {
  const cores = cpus().length;
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  return `${cores} cores, ${gibibytes} GiB of memory, ${process.platform}, Node ${process.versions.node}, ${python()}`;
}

/**
 * Puts the real interpreter first on the `PATH`. What is called `python3` may be a version manager's shell script, which
 * starts three dozen processes before the interpreter: then every supervisor would be measured by it.
 */
export function findPlainPython(): void {
  try {
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    process.env.PATH = [dirname(python.trim()), process.env.PATH ?? ''].join(delimiter);
  } catch {
    // Whoever needs a Python says that there is none.
  }
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
