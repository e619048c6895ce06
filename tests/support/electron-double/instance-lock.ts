import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

type OnSecond = (argv: readonly string[], workingDirectory: string) => void;

/** One instance per user data folder. A second one leaves its arguments as a file, at once and before it ends. */
export class InstanceLock {
  readonly #folder: string;
  readonly #holder: string;
  readonly #onSecond: OnSecond;
  #watcher: FSWatcher | null = null;

  constructor(userData: string, onSecond: OnSecond) {
    this.#folder = join(userData, 'second-instances');
    this.#holder = join(userData, 'instance.pid');
    this.#onSecond = onSecond;
    mkdirSync(this.#folder, { recursive: true });
  }

  take(argv: readonly string[], workingDirectory: string): boolean {
    if (this.#isHeld()) {
      const file = join(this.#folder, `${process.pid}.json`);
      writeFileSync(`${file}.part`, JSON.stringify({ argv, workingDirectory }));
      renameSync(`${file}.part`, file);
      return false;
    }
    writeFileSync(this.#holder, String(process.pid));
    this.#watcher ??= watch(this.#folder, () => this.#read());
    return true;
  }

  release(): void {
    if (this.#watcher === null) return;
    this.#watcher.close();
    rmSync(this.#holder, { force: true });
  }

  #isHeld(): boolean {
    try {
      const pid = Number(readFileSync(this.#holder, 'utf8'));
      process.kill(pid, 0);
      return pid !== process.pid;
    } catch {
      return false;
    }
  }

  #read(): void {
    for (const name of readdirSync(this.#folder).filter((entry) => entry.endsWith('.json'))) {
      const file = join(this.#folder, name);
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        // The watcher speaks more than once about one file; the first time it was read and removed.
        continue;
      }
      rmSync(file, { force: true });
      const { argv, workingDirectory } = JSON.parse(text) as { argv: string[]; workingDirectory: string };
      this.#onSecond(argv, workingDirectory);
    }
  }
}
