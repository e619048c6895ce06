/**
 * The numbers of another host's events, made into one rising row for this page. The host numbers anew with every boot,
 * and a copy of its state must never take an event of one boot for one of another: each snapshot begins above every
 * number given out before, so that whatever is still on its way from earlier is old. A missing number stays a hole.
 */
export class RemoteNumbers {
  #boot: string | null = null;
  /** The host's number of the last event taken. */
  #theirs = 0;
  /** The highest number given out. */
  #ours = 0;

  /** The boot that is followed, null before the first snapshot. */
  get boot(): string | null {
    return this.#boot;
  }

  /** A snapshot was taken that holds everything up to `seq` of this boot. Returns our number for it. */
  restart(boot: string, seq: number): number {
    this.#boot = boot;
    this.#theirs = seq;
    this.#ours += 1;
    return this.#ours;
  }

  /** Our number of an event, `old` for one that is in the snapshot or was seen, `another-boot` for one of another start. */
  place(boot: string, seq: number): number | 'old' | 'another-boot' {
    if (this.#boot === null) return 'old';
    if (boot !== this.#boot) return 'another-boot';
    if (seq <= this.#theirs) return 'old';
    this.#ours += seq - this.#theirs;
    this.#theirs = seq;
    return this.#ours;
  }

  /** The event just placed is not handed on: its number is given to the next one. */
  skip(): void {
    this.#ours -= 1;
  }
}
