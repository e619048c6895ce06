import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Check, causeKindSchema, type HealthCheckOutcome } from '../../../shared/model/health.ts';
import type { Connection } from '../database.ts';
import { outcomeCodes } from '../history/tally.ts';
import { clipped } from './columns.ts';

/**
 * What a check complained about, stored once however often it comes back. `error: true` means the same text as `text`,
 * the usual case.
 */
const troubleSchema = z.object({
  text: z.string().optional(),
  cause: causeKindSchema.optional(),
  error: z.union([z.literal(true), z.string()]).optional(),
  signature: z.string().optional(),
});
type Trouble = z.infer<typeof troubleSchema>;

/** The id of the row for what `check` complains about; null for a check without complaint. */
export function troubleFor(db: Connection, check: Check): number | null {
  const trouble = troubleOf(check);
  if (trouble === null) return null;
  const body = JSON.stringify(trouble);
  const digest = createHash('sha1').update(body).digest().readUIntBE(0, 6);
  const known = db.get('SELECT id FROM troubles WHERE digest = ? AND body = ?', digest, body)?.id;
  if (typeof known === 'number') {
    db.run('UPDATE troubles SET last_at = max(last_at, ?) WHERE id = ?', check.at, known);
    return known;
  }
  return db.run('INSERT INTO troubles (digest, body, last_at) VALUES (?, ?, ?)', digest, body, check.at)
    .lastId;
}

/** A check as it was before it was stored. A trouble that cannot be read leaves an empty text, never a lost check. */
export function checkOf(at: number, code: number, latencyMs: number | null, body: unknown): Check {
  const trouble = readTrouble(body);
  const text = trouble.text ?? '';
  const error = trouble.error === true ? text : trouble.error;
  return {
    at,
    outcome: outcomeOf(code, text, trouble.cause),
    latencyMs,
    ...(error === undefined ? {} : { error }),
    ...(trouble.signature === undefined ? {} : { signature: trouble.signature }),
  };
}

function troubleOf({ outcome, error, signature }: Check): Trouble | null {
  const text = outcomeText(outcome);
  const trouble: Trouble = {
    ...(text === undefined ? {} : { text: clipped(text) }),
    ...('cause' in outcome && outcome.cause !== undefined ? { cause: outcome.cause } : {}),
    ...(error === undefined ? {} : { error: error === text ? true : clipped(error) }),
    ...(signature === undefined ? {} : { signature: clipped(signature) }),
  };
  return Object.keys(trouble).length === 0 ? null : trouble;
}

function outcomeText(outcome: HealthCheckOutcome): string | undefined {
  switch (outcome.kind) {
    case 'healthy':
      return undefined;
    case 'degraded':
      return outcome.detail;
    case 'failed':
      return outcome.error;
    case 'unreachable':
      return outcome.reason;
  }
}

function outcomeOf(code: number, text: string, cause: Trouble['cause']): HealthCheckOutcome {
  const why = cause === undefined ? {} : { cause };
  switch (outcomeCodes[code]) {
    case 'healthy':
      return { kind: 'healthy' };
    case 'degraded':
      return { kind: 'degraded', detail: text };
    case 'failed':
      return { kind: 'failed', error: text, ...why };
    default:
      return { kind: 'unreachable', reason: text, ...why };
  }
}

function readTrouble(body: unknown): Trouble {
  if (typeof body !== 'string') return {};
  try {
    return troubleSchema.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
}
