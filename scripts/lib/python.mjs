import { execFileSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Puts the real interpreter first on the `PATH`. What is called `python3` may be a version manager's shell script, which
 * starts three dozen processes before the interpreter: then it is what every start of a skill would mostly measure.
 */
export function findPlainPython() {
  try {
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    process.env.PATH = [dirname(python.trim()), process.env.PATH ?? ''].join(delimiter);
  } catch {
    // Whoever needs a Python says that there is none.
  }
}
