import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isLive, removeDir, skillProcessesOf, startHost, tempDir } from '../host-process.ts';
import { Chaos, type ChaosEnd, type ChaosHouse } from './chaos.ts';
import { inOneLine, reportRow } from './chaos-rows.ts';
import type { Obstacle } from './no-data-folder.ts';
import { SmallDisk } from './small-disk.ts';
import { MachineNoise } from './vitals.ts';

const mebibyte = 1_048_576;
/**
 * What the host's event loop may be late, 99th percentile, ms; on top comes twice what the machine makes an idle process
 * late, because who has work to do waits for the processor more often. Next to nothing on a machine of one's own.
 */
const lagLimitMs = 50;
/**
 * In `npm test` the machine may be busy with anything, so lag fails a scenario only where the host itself would say that
 * it was blocked (DESIGN.md section 4 rule 7). `npm run chaos`, on a machine of its own, holds the tight limit.
 */
const blockedMs = 1000;
const growthLimitMiB = 64;

export interface ScenarioOptions {
  readonly timeoutMs?: number;
  /** How much the host's resident memory may grow from the first to the last moment, MiB. */
  readonly growthMiB?: number;
  /** What the host's event loop may be late, ms, instead of `lagLimitMs`: with the reason where it is said. */
  readonly lagMs?: number;
  /** The host is stopped or killed on purpose: its lag says nothing. */
  readonly disturbsHost?: boolean;
  /** Descriptors the host has a reason to have more of at the end than at the beginning. */
  readonly moreDescriptors?: number;
  readonly env?: Readonly<Record<string, string>>;
}

type Body = (chaos: Chaos) => Promise<void>;
type DiskBody = (chaos: Chaos, disk: SmallDisk) => Promise<void>;
type ObstacleBody = (chaos: Chaos, obstacle: Obstacle) => Promise<void>;
type Define = (name: string, body: Body, options?: ScenarioOptions) => void;

/** Scenarios of one file. Those of `scenario` share one host, one after the other; `alone` gives each its own. */
export interface ChaosFamily {
  readonly scenario: Define;
  readonly alone: Define;
  /** Like `alone`, with a data folder on a disk that can be filled and write-protected. */
  onSmallDisk(name: string, body: DiskBody, options?: ScenarioOptions): void;
  /** Like `alone`, with a data folder that `obstruct` keeps every host from writing to until it is told to stop. */
  obstructed(
    name: string,
    obstruct: (dataDir: string) => Obstacle,
    body: ObstacleBody,
    options?: ScenarioOptions,
  ): void;
}

/**
 * Every scenario ends the same way, whatever it did: all its skills are taken away, and processes, descriptors, memory
 * and event-loop lag of the host are held against what they were when it began.
 */
export function chaosFamily(): ChaosFamily {
  let shared: Promise<ChaosHouse> | null = null;
  afterAll(async () => {
    if (shared !== null) await closeHouse(await shared);
  });
  return {
    scenario: (name, body, options = {}) => {
      define(name, options, async () => {
        shared ??= openHouse(options);
        await play(name, await shared, body, options);
      });
    },
    alone: (name, body, options = {}) => {
      define(name, options, async () => {
        const house = await openHouse(options);
        try {
          await play(name, house, body, options);
        } finally {
          await closeHouse(house);
        }
      });
    },
    onSmallDisk: (name, body, options = {}) => {
      define(name, options, async () => {
        const dataDir = tempDir();
        const disk = SmallDisk.at(dataDir, () => house?.host.pid ?? 0);
        let house: ChaosHouse | null = null;
        try {
          house = await openHouse(options, dataDir);
          await play(name, house, (chaos) => body(chaos, disk), options);
        } finally {
          if (house !== null) await closeHouse(house, () => disk.discard());
        }
      });
    },
    obstructed: (name, obstruct, body, options = {}) => {
      define(name, options, async () => {
        const folder = tempDir();
        const dataDir = join(folder, 'above', 'data');
        mkdirSync(dirname(dataDir));
        const obstacle = obstruct(dataDir);
        let house: ChaosHouse | null = null;
        try {
          // What stands in for the data folder goes with the scenario too.
          house = await openHouse({ env: { ...options.env, TMPDIR: folder } }, dataDir);
          await play(name, house, (chaos) => body(chaos, obstacle), options);
        } finally {
          if (house !== null) await closeHouse(house, () => obstacle.remove());
          else obstacle.remove();
          removeDir(folder);
        }
      });
    },
  };
}

function define(name: string, { timeoutMs = 60_000 }: ScenarioOptions, run: () => Promise<void>): void {
  const repeats = Number(process.env.CHAOS_REPEAT ?? 1) - 1;
  test(name, { timeout: timeoutMs * (repeats + 1), repeats }, run);
}

async function openHouse({ env = {} }: ScenarioOptions, dataDir = tempDir()): Promise<ChaosHouse> {
  const host = await startHost({ dataDir, skillsDir: tempDir(), env });
  return { host, noise: new MachineNoise(), env };
}

/** The host itself ends in order, and leaves nothing. */
async function closeHouse({ host }: ChaosHouse, unmount = () => {}): Promise<void> {
  try {
    if (isLive(host.pid)) expect((await host.stop()).code).toBe(0);
    expect(skillProcessesOf(host.dataDir)).toEqual([]);
  } finally {
    unmount();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  }
}

async function play(name: string, house: ChaosHouse, body: Body, options: ScenarioOptions): Promise<void> {
  const startedMs = performance.now();
  const chaos = await Chaos.begin(house);
  let problem: string | null = null;
  let end: ChaosEnd | null = null;
  try {
    try {
      await body(chaos);
    } finally {
      end = await chaos.end(options.growthMiB ?? growthLimitMiB, options.moreDescriptors);
    }
    judge(end, house.noise, options);
    expect(chaos.lostWrites, 'acknowledged writes that were lost').toBe(0);
  } catch (error) {
    problem = inOneLine(error);
    throw error;
  } finally {
    reportRow({
      scenario: name,
      problem,
      tookMs: performance.now() - startedMs,
      recoveryMs: chaos.recoveryMs,
      lostWrites: chaos.lostWrites,
      noiseP99Ms: house.noise.p99Ms,
      ...(end ?? unknownEnd),
    });
  }
}

const unknownEnd: ChaosEnd = {
  leakedProcesses: 0,
  leakedDescriptors: [],
  residentGrowthBytes: 0,
  lagP99Ms: 0,
  worstPingMs: 0,
};

function judge(end: ChaosEnd, noise: MachineNoise, options: ScenarioOptions): void {
  expect(end.leakedProcesses, 'processes left behind').toBe(0);
  expect(end.leakedDescriptors, 'descriptors left open in the host').toEqual([]);
  const growthMiB = end.residentGrowthBytes / mebibyte;
  expect(growthMiB, 'growth of the host, MiB').toBeLessThan(options.growthMiB ?? growthLimitMiB);
  if (options.disturbsHost === true) return;
  const tightMs = (options.lagMs ?? lagLimitMs) + 2 * noise.p99Ms;
  expect(end.lagP99Ms, 'event-loop lag of the host, p99 ms').toBeLessThan(
    process.env.CHAOS_ROWS === undefined ? Math.max(tightMs, blockedMs) : tightMs,
  );
}
