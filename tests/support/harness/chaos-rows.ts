import { appendFileSync } from 'node:fs';

/** What one run of one scenario came to. */
export interface ChaosRow {
  readonly scenario: string;
  /** Why it failed, in one line; null where it passed. */
  readonly problem: string | null;
  readonly tookMs: number;
  /** From the fault to everything well again; null where a scenario has no such moment. */
  readonly recoveryMs: number | null;
  readonly leakedProcesses: number;
  /** What each is of. */
  readonly leakedDescriptors: readonly string[];
  /** Writes the host had acknowledged and no longer knew. */
  readonly lostWrites: number;
  readonly residentGrowthBytes: number;
  /** Event-loop lag of the host, 99th percentile, and that of the idle test process beside it. */
  readonly lagP99Ms: number;
  readonly noiseP99Ms: number;
  /** The slowest answer to a ping while the scenario ran. */
  readonly worstPingMs: number;
}

/** Hands a row to whoever runs the suite, if somebody asked for rows (`npm run chaos`). */
export function reportRow(row: ChaosRow): void {
  const file = process.env.CHAOS_ROWS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** The long suite (`npm run chaos`) takes the full measure, `npm test` a part of it. */
export function measure<T>(short: T, full: T): T {
  return process.env.CHAOS_FULL === '1' ? full : short;
}

/** The rest of an assertion's words is the two values it compared. */
export function inOneLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.slice(0, 300);
}
