import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tempDir } from '../../support/host-process.ts';
import { sleep } from './process-figures.ts';

const probe = fileURLToPath(new URL('lag-probe.mjs', import.meta.url));

export interface Lag {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Looks into a host's event loop from inside it: `env` has to be given to the host. */
export class LagProbe {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor() {
    this.#file = join(tempDir(), 'lag.json');
    this.env = {
      NODE_OPTIONS: `--import ${pathToFileURL(probe).href}`,
      SKILLWARD_LAG_FILE: this.#file,
    };
  }

  /** How late the loop of this host was while `work` went on. Throws when nothing was seen: that is no calm. */
  async during(pid: number, work: () => Promise<void>): Promise<Lag> {
    rmSync(this.#file, { force: true });
    process.kill(pid, 'SIGWINCH');
    await sleep(20);
    await work();
    process.kill(pid, 'SIGWINCH');
    while (!existsSync(this.#file)) await sleep(10);
    const seen = JSON.parse(readFileSync(this.#file, 'utf8')) as Lag & { readonly samples: number };
    if (seen.samples === 0) throw new Error('the event loop was not looked at: the probe has no sample');
    return seen;
  }
}
