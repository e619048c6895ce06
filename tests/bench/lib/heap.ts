import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tempDir } from '../../support/host-process.ts';
import { sleep } from './process-figures.ts';

const probe = fileURLToPath(new URL('heap-probe.mjs', import.meta.url));

/** Asks a host what it holds after a collection: `env` has to be given to the host. */
export class HeapProbe {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor() {
    this.#file = join(tempDir(), 'heap');
    this.env = {
      NODE_OPTIONS: `--import ${pathToFileURL(probe).href}`,
      SKILLWARD_HEAP_FILE: this.#file,
    };
  }

  async heldMiB(pid: number): Promise<number> {
    rmSync(this.#file, { force: true });
    process.kill(pid, 'SIGUSR2');
    while (!existsSync(this.#file)) await sleep(10);
    return Number(readFileSync(this.#file, 'utf8')) / 1_048_576;
  }
}
