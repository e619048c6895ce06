import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A data folder whose disk can be filled and write-protected under a running host. As root it is a file system of its own
 * of a few megabytes; without that right real writes of the host are made to fail another way (a limit on file sizes, a
 * folder without write permission).
 */
export class SmallDisk {
  readonly #folder: string;
  readonly #mounted: boolean;
  readonly #hostPid: () => number;

  private constructor(folder: string, mounted: boolean, hostPid: () => number) {
    this.#folder = folder;
    this.#mounted = mounted;
    this.#hostPid = hostPid;
  }

  /** @param folder exists and is empty */
  static at(folder: string, hostPid: () => number): SmallDisk {
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', folder]);
    if (mount.status !== 0) process.stdout.write('no small disk here: failing writes are made another way\n');
    return new SmallDisk(folder, mount.status === 0, hostPid);
  }

  /** Not one more byte fits. */
  fill(): void {
    if (!this.#mounted) {
      run('prlimit', '--pid', `${this.#hostPid()}`, '--fsize=1024:');
      return;
    }
    // Ever smaller pieces, until not one more fits beside what is there.
    for (let size = 1 << 20; size >= 512; ) {
      try {
        writeFileSync(this.#ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        size >>= 1;
      }
    }
  }

  free(): void {
    if (this.#mounted) rmSync(this.#ballast);
    else run('prlimit', '--pid', `${this.#hostPid()}`, '--fsize=unlimited:');
  }

  protect(): void {
    if (this.#mounted) run('mount', '-o', 'remount,ro', this.#folder);
    else chmodSync(this.#folder, 0o500);
  }

  unprotect(): void {
    if (this.#mounted) run('mount', '-o', 'remount,rw', this.#folder);
    else chmodSync(this.#folder, 0o700);
  }

  remove(): void {
    if (this.#mounted) run('umount', '-l', this.#folder);
    else if (statSync(this.#folder).mode % 0o1000 === 0o500) chmodSync(this.#folder, 0o700);
  }

  get #ballast(): string {
    return join(this.#folder, 'ballast');
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
