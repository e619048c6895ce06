import type { Msg } from '@nats-io/transport-node';
import { z } from 'zod';
import { type HostReport, hostReportSchema } from '../../../shared/contract/fleet-wire.ts';
import { SERVICE_NAME } from '../../core/fleet/subjects.ts';
import { readJson } from '../packing.ts';
import type { FleetSession } from '../types.ts';

/** How long a round of presence listens for answers, ms: a little less than the time to the next round. */
export const ROUND_MS = 4500;
/** Answers of one round that are read; a fleet may have as many hosts. */
const MAX_ANSWERS = 10_000;
const MAX_REPORT_BYTES = 32_768;

/** The answer of the service API to STATS; `data` is what the host adds to it. */
const statsSchema = z.object({
  endpoints: z.array(z.object({ data: z.unknown().optional() })).max(20),
});

/** What came of one round. */
export interface Round {
  /** Resolves when the round is over, whatever ended it. */
  readonly over: Promise<void>;
}

export interface RoundPorts {
  heard(report: HostReport): void;
  /** Something answered that is no host's report. */
  unreadable(): void;
  report(message: string, error: unknown): void;
}

/** Asks all hosts at once who they are and how they do, and hands on each answer as it comes. */
export function askAll({ connection }: FleetSession, ports: RoundPorts): Round {
  const listen = async () => {
    const answers = await connection.requestMany(`$SRV.STATS.${SERVICE_NAME}`, undefined, {
      strategy: 'count',
      maxMessages: MAX_ANSWERS,
      maxWait: ROUND_MS,
    });
    for await (const message of answers) {
      const report = readReport(message);
      if (report === null) ports.unreadable();
      else ports.heard(report);
    }
  };
  const over = listen().catch((error: unknown) => {
    // Nobody there, or the connection went while we listened: the link tells people about that.
    if (!connection.isClosed()) ports.report('asking the fleet who is there', error);
  });
  return { over };
}

/** The host's report in an answer to STATS; null when there is none that can be read. */
function readReport(message: Msg): HostReport | null {
  let said: unknown;
  try {
    said = readJson(message.data, MAX_REPORT_BYTES);
  } catch {
    // Any account that may answer on this subject can write what it likes; who counts them says so.
    return null;
  }
  const stats = statsSchema.safeParse(said);
  if (!stats.success) return null;
  for (const { data } of stats.data.endpoints) {
    const report = hostReportSchema.safeParse(data);
    if (report.success) return report.data;
  }
  return null;
}
