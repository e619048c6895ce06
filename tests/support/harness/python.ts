import { execFileSync } from 'node:child_process';

/** The interpreter itself: on some machines `python3` is a shell script that sets variables and looks for it. */
export const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();
