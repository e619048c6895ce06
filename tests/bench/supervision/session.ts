import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMsOf, kernelMs, residentMiB, sleep } from '../lib/process-figures.ts';
import { median } from '../lib/statistics.ts';
import { Announcements } from './announcements.ts';
import type { Contestant, RunningContestant } from './contestant.ts';

/** Both peers call a child stable after a second; only then is a kill a crash of a child that was well. */
const SETTLE_MS = 2500;
/** Between two kills: what the last one left to do is done. */
const BETWEEN_KILLS_MS = 250;
const START_TIMEOUT_MS = 120_000;

/** What one supervisor came to in one session. All times in ms; null: not measured in this session. */
export interface SessionResult {
  readonly startAllMs: number;
  /** CPU time of the supervisor for the start, ms. */
  readonly startCpuMs: number;
  /** Share of one core, percent. */
  readonly idleCpuPercent: number | null;
  readonly residentMiB: number;
  readonly respawnMs: readonly number[];
  readonly stormMs: number | null;
}

/** One supervisor, from its start to its end. */
export class Session {
  readonly contestant: Contestant;
  readonly #folder: string;
  readonly #announcements: Announcements;
  readonly #running: RunningContestant;
  readonly #count: number;
  #startAllMs = Number.NaN;
  #startCpuMs = Number.NaN;
  #idleCpuPercent: number | null = null;
  #residentMiB = Number.NaN;
  #respawnMs: readonly number[] = [];
  #stormMs: number | null = null;

  private constructor(
    contestant: Contestant,
    count: number,
    place: { folder: string; announcements: Announcements; running: RunningContestant },
  ) {
    this.contestant = contestant;
    this.#count = count;
    this.#folder = place.folder;
    this.#announcements = place.announcements;
    this.#running = place.running;
  }

  static async open(contestant: Contestant, count: number): Promise<Session> {
    const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'));
    const announcements = await Announcements.open();
    const running = await contestant.open(folder, count, announcements.port);
    return new Session(contestant, count, { folder, announcements, running });
  }

  async startAll(): Promise<void> {
    const startedMs = kernelMs();
    const cpuBeforeMs = cpuMsOf(this.#running.pid);
    this.#running.startAll();
    const up = await this.#announcements.since(startedMs, this.#count, START_TIMEOUT_MS);
    this.#startAllMs = Math.max(...up.map(({ atMs }) => atMs)) - startedMs;
    await sleep(SETTLE_MS);
    this.#startCpuMs = cpuMsOf(this.#running.pid) - cpuBeforeMs;
    this.#residentMiB = residentMiB(this.#running.pid);
  }

  /** Looks at it doing nothing, for so long. */
  async idle(forMs: number): Promise<void> {
    const { pid } = this.#running;
    const before = cpuMsOf(pid);
    const startedMs = kernelMs();
    await sleep(forMs);
    this.#idleCpuPercent = ((cpuMsOf(pid) - before) / (kernelMs() - startedMs)) * 100;
    this.#residentMiB = residentMiB(pid);
  }

  /** What another session of the same supervisor with as many children came to while it did nothing. */
  takeIdleness(other: Session | undefined): void {
    if (other === undefined) return;
    this.#idleCpuPercent = other.#idleCpuPercent;
    this.#residentMiB = other.#residentMiB;
  }

  /** Kills so many, one by one, and at last all at once. */
  async kill(kills: number): Promise<void> {
    const latencies: number[] = [];
    const step = Math.max(1, Math.floor(this.#count / kills));
    const victims = this.#announcements.all().filter((_, index) => index % step === 0);
    for (const { name, pid } of victims.slice(0, kills)) {
      const killedMs = kernelMs();
      process.kill(pid, 'SIGKILL');
      const [again] = await this.#announcements.since(killedMs, 1, START_TIMEOUT_MS, name);
      latencies.push((again?.atMs ?? Number.NaN) - killedMs);
      await sleep(BETWEEN_KILLS_MS);
    }
    this.#respawnMs = latencies;
    await sleep(SETTLE_MS);
    const killedMs = kernelMs();
    for (const { pid } of this.#announcements.all()) process.kill(pid, 'SIGKILL');
    const back = await this.#announcements.since(killedMs, this.#count, START_TIMEOUT_MS);
    this.#stormMs = Math.max(...back.map(({ atMs }) => atMs)) - killedMs;
  }

  get result(): SessionResult {
    return {
      startAllMs: this.#startAllMs,
      startCpuMs: this.#startCpuMs,
      idleCpuPercent: this.#idleCpuPercent,
      residentMiB: this.#residentMiB,
      respawnMs: this.#respawnMs,
      stormMs: this.#stormMs,
    };
  }

  inWords(): string {
    const {
      idleCpuPercent,
      residentMiB: mebibytes,
      respawnMs,
      startAllMs,
      startCpuMs,
      stormMs,
    } = this.result;
    return [
      `${this.contestant.name}, ${this.#count}: start ${startAllMs.toFixed(0)} ms (${startCpuMs} ms CPU)`,
      ...(respawnMs.length > 0 ? [`respawn ${median(respawnMs).toFixed(0)} ms`] : []),
      ...(stormMs === null ? [] : [`storm ${stormMs.toFixed(0)} ms`]),
      `${mebibytes.toFixed(0)} MiB`,
      ...(idleCpuPercent === null ? [] : [`idle ${idleCpuPercent.toFixed(2)} %`]),
    ].join(', ');
  }

  async close(): Promise<void> {
    await this.#running.close();
    this.#announcements.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
