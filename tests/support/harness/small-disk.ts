import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const image = (folder: string) => `${folder}.img`;
const imageBytes = 16 * 1_048_576;

/**
 * A data folder whose disk can be filled, and go read-only, under a running host. As root it is a real file system of its
 * own on a loop device. Without that right a limit on the size of the host's files makes its real writes fail.
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
    writeFileSync(image(folder), Buffer.alloc(imageBytes));
    const mounted =
      works('mkfs.ext4', '-q', '-m', '0', image(folder)) &&
      works('mount', '-o', 'loop', image(folder), folder);
    if (!mounted)
      process.stdout.write('no small disk can be mounted here: a limit on file sizes stands in\n');
    return new SmallDisk(folder, mounted, hostPid);
  }

  /** Not one more byte fits. */
  fill(): void {
    if (!this.#mounted) {
      this.#limitFiles('1024');
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
    else this.#limitFiles('unlimited');
  }

  /** As the kernel does it to a file system it no longer trusts: at once, whoever has files open, and for good. */
  goReadOnly(): void {
    if (!this.#mounted) this.#limitFiles('1024');
    else if (!works('mount', '-o', 'remount,abort', this.#folder)) throw new Error('it stays writable');
  }

  /** The disk is mended: for the next host. What never reached it is not on it. */
  mend(): void {
    if (!this.#mounted) return;
    this.remove();
    // Replays the journal, as every start of the machine would.
    if (!works('mount', '-o', 'loop', image(this.#folder), this.#folder))
      throw new Error('it cannot be mounted');
  }

  remove(): void {
    if (this.#mounted) works('umount', '-l', this.#folder);
  }

  /** For good. */
  discard(): void {
    this.remove();
    rmSync(image(this.#folder));
  }

  #limitFiles(bytes: string): void {
    if (!works('prlimit', '--pid', `${this.#hostPid()}`, `--fsize=${bytes}:`))
      throw new Error('no limit can be set');
  }

  get #ballast(): string {
    return join(this.#folder, 'ballast');
  }
}

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
