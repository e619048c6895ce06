import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMsOf, kernelMs, residentMiB, sleep } from '../lib/process-figures.ts';
import type { Announcements } from './announcements.ts';
import type { Contestant } from './contestant.ts';

/** Both peers call a child stable after a second; only then is a kill a crash of a child that was well. */
const SETTLE_MS = 2500;
/** Between two kills: what the last one left to do is done. */
const BETWEEN_KILLS_MS = 250;
const START_TIMEOUT_MS = 120_000;

export interface SessionPlan {
  readonly count: number;
  readonly kills: number;
  /** 0: idle CPU is not measured this time. */
  readonly idleMs: number;
}

/** What one supervisor came to in one session. All times in ms. */
export interface SessionResult {
  readonly startAllMs: number;
  readonly respawnMs: readonly number[];
  readonly stormMs: number;
  readonly residentMiB: number;
  /** Share of one core, percent; null when it was not measured. */
  readonly idleCpuPercent: number | null;
  /** CPU time of the supervisor for the start, ms. */
  readonly startCpuMs: number;
}

/** One supervisor, from its start to its end: start all, look at it idle, kill some one by one, kill all. */
export async function playSession(
  contestant: Contestant,
  announcements: Announcements,
  plan: SessionPlan,
): Promise<SessionResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'));
  announcements.forget();
  const running = await contestant.open(folder, plan.count, announcements.port);
  try {
    const startedMs = kernelMs();
    const cpuBeforeMs = cpuMsOf(running.pid);
    running.startAll();
    const up = await announcements.since(startedMs, plan.count, START_TIMEOUT_MS);
    const startAllMs = Math.max(...up.map(({ atMs }) => atMs)) - startedMs;
    await sleep(SETTLE_MS);
    const startCpuMs = cpuMsOf(running.pid) - cpuBeforeMs;
    const idleCpuPercent = plan.idleMs > 0 ? await idleCpu(running.pid, plan.idleMs) : null;
    const memory = residentMiB(running.pid);
    const respawnMs = await killOneByOne(announcements, plan);
    await sleep(SETTLE_MS);
    const stormMs = await killAll(announcements, plan.count);
    return { startAllMs, startCpuMs, idleCpuPercent, residentMiB: memory, respawnMs, stormMs };
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function idleCpu(pid: number, forMs: number): Promise<number> {
  const before = cpuMsOf(pid);
  const startedMs = kernelMs();
  await sleep(forMs);
  return ((cpuMsOf(pid) - before) / (kernelMs() - startedMs)) * 100;
}

async function killOneByOne(announcements: Announcements, { count, kills }: SessionPlan): Promise<number[]> {
  const latencies: number[] = [];
  const step = Math.max(1, Math.floor(count / kills));
  const victims = announcements.all().filter((_, index) => index % step === 0);
  for (const { name, pid } of victims.slice(0, kills)) {
    const killedMs = kernelMs();
    process.kill(pid, 'SIGKILL');
    const [again] = await announcements.since(killedMs, 1, START_TIMEOUT_MS, name);
    latencies.push((again?.atMs ?? Number.NaN) - killedMs);
    await sleep(BETWEEN_KILLS_MS);
  }
  return latencies;
}

async function killAll(announcements: Announcements, count: number): Promise<number> {
  const victims = announcements.all();
  const killedMs = kernelMs();
  for (const { pid } of victims) process.kill(pid, 'SIGKILL');
  const back = await announcements.since(killedMs, count, START_TIMEOUT_MS);
  return Math.max(...back.map(({ atMs }) => atMs)) - killedMs;
}
