import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { Catalog } from '../skills/catalog.ts';

/** An editor writes a file in several steps: this long after the last one it is looked at, ms. */
const SETTLE_MS = 700;
/** Who keeps writing is looked at all the same after this long, ms. */
const PUT_OFF_AT_MOST_MS = 5000;
/** Looks may take this share of the time at most: a skill that rewrites its own files must not busy the host. */
const REST_PER_LOOK = 20;
/** Where the system tells nothing (network disks, deep folders), changes are found by this, ms. */
const SLOW_LOOK_MS = 120_000;
/** Hundreds of skills take a while to look at, and most often nothing is new: rarer then, by this share of the time, … */
const REST_PER_SLOW_LOOK = 2000;
/** … but a change is found after this long at the latest, ms. */
const SLOWEST_LOOK_MS = 600_000;
/** After something was not found: whether it is back, ms. */
const SECOND_LOOK_MS = 2500;
/** Folders watched at most. On Linux and Windows a watched folder costs no file descriptor, only a little memory. */
const MAX_WATCHED = 1000;
/** What people edit in a skill; a skill's own data and caches beside it are no reason to look. */
const EDITED = /(\.py|\.toml|\.json|^requirements.*\.txt|^\.venv|^pyvenv\.cfg)$/i;
const NOT_LOOKED_INTO = /^(\.|__pycache__$|node_modules$)/;

export interface FileWatchPorts {
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** The skills folders in use, absolute. */
  folders(): readonly string[];
  /** Reads the disk again and tells what is new. */
  look(): Promise<void>;
  report(message: string, error: unknown): void;
}

/** Notices that somebody edits, adds or removes skills, without reading anything while nothing happens. */
export class FileWatch {
  readonly #ports: FileWatchPorts;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: Timer | null = null;
  #timerAtMs = Number.POSITIVE_INFINITY;
  /** When the first change was told that has not been looked at yet. */
  #changedAtMs: number | null = null;
  #restUntilMs = 0;
  #looking = false;
  #again = false;
  #stopped = true;

  constructor(ports: FileWatchPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#stopped = false;
    this.refresh();
    this.#lookIn(SLOW_LOOK_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Watches what there is to watch now. Call after the skills were read. */
  refresh(): void {
    if (this.#stopped) return;
    const wanted = this.#wanted();
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const [folder, isSkillsFolder] of wanted) {
      if (!this.#watchers.has(folder) && !this.#watch(folder, isSkillsFolder)) return;
    }
  }

  /** How many folders are watched. */
  get size(): number {
    return this.#watchers.size;
  }

  /** By folder, whether it is one that holds skills: in it every new name counts. */
  #wanted(): ReadonlyMap<string, boolean> {
    const wanted = new Map<string, boolean>();
    for (const folder of this.#ports.folders()) wanted.set(path.resolve(folder), true);
    const skills = this.#ports.catalog.list().filter(({ folder }) => wanted.get(folder) !== true);
    for (const { folder } of skills) wanted.set(folder, false);
    for (const { folder } of skills) {
      for (const name of subfolders(folder)) {
        if (wanted.size >= MAX_WATCHED) return wanted;
        wanted.set(path.join(folder, name), false);
      }
    }
    return new Map([...wanted].slice(0, MAX_WATCHED));
  }

  /** False when the system has no room for more watchers; the slow look goes on. */
  #watch(folder: string, isSkillsFolder: boolean): boolean {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || EDITED.test(name) || (isSkillsFolder && !NOT_LOOKED_INTO.test(name)))
          this.#lookIn(SETTLE_MS);
      });
      watcher.on('error', () => {
        // The folder went away, or its disk: whoever looks next finds out.
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code !== 'ENOSPC' && code !== 'EMFILE' && code !== 'ENFILE';
    }
  }

  #lookIn(delayMs: number): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#again ||= delayMs === SETTLE_MS;
      return;
    }
    const nowMs = this.#ports.clock.monotonicMs();
    const quick = delayMs === SETTLE_MS;
    if (quick) this.#changedAtMs ??= nowMs;
    const latestMs = (this.#changedAtMs ?? nowMs + delayMs) + PUT_OFF_AT_MOST_MS;
    const atMs = Math.max(Math.min(nowMs + delayMs, latestMs), this.#restUntilMs);
    // A quick look takes the place of a slow one, and a further change puts a quick one off: it has not settled yet.
    if (!quick && atMs > this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    this.#timer = this.#ports.clock.after(atMs - nowMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { catalog, clock, look, report } = this.#ports;
    this.#looking = true;
    this.#changedAtMs = null;
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const startedMs = clock.monotonicMs();
    try {
      await look();
    } catch (error) {
      report('looking at the skills folders', error);
    }
    this.#looking = false;
    const endedMs = clock.monotonicMs();
    const tookMs = endedMs - startedMs;
    this.#restUntilMs = endedMs + tookMs * REST_PER_LOOK;
    const again = this.#again;
    this.#again = false;
    const slowMs = Math.min(Math.max(SLOW_LOOK_MS, tookMs * REST_PER_SLOW_LOOK), SLOWEST_LOOK_MS);
    this.#lookIn(again ? SETTLE_MS : catalog.missesSome() ? SECOND_LOOK_MS : slowMs);
  }
}

function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NOT_LOOKED_INTO.test(entry.name))
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
