import { z } from 'zod';
import { fleetCountsSchema, fleetRoleSchema, hostIdSchema } from '../model/fleet.ts';
import { countSchema, durationMsSchema, epochMsSchema } from '../model/primitives.ts';
import { snapshotSchema } from './snapshot.ts';

/** The version of what hosts say to each other. A batch or answer with another `v` is not read. */
export const FLEET_VERSION = 1;
/** The largest batch of events in one message, bytes; a broker takes 1 MiB unless told otherwise. */
export const MAX_BATCH_BYTES = 262_144;

/**
 * The longest answer or snapshot read from another host, bytes once unpacked: both travel as `packJson` makes them
 * (electron/fleet/packing.ts), JSON and gzipped when long. Requests and batches are plain JSON.
 */
export const MAX_ANSWER_BYTES = 16_777_216;

/** Identifies one start of one host: event numbers begin anew with it. */
const bootSchema = z.string().min(1).max(64);

/** What another host is called there: shown in pages and terminals, so nothing in it that moves or hides what is beside it. */
const shownSchema = (mostChars: number) =>
  z
    .string()
    .max(mostChars)
    .transform((text) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' '));

/**
 * What a host publishes on its `events` subject. Numbers are the host's own for its fleet (what stays at home, such as
 * log lines, has none) and without holes; the message id for the broker's dropping of duplicates is `hostId:boot:from`.
 */
export const eventBatchSchema = z.object({
  v: z.literal(FLEET_VERSION),
  hostId: hostIdSchema,
  boot: bootSchema,
  /** Number of the first event of `events`; the others follow without a hole. */
  from: z.number().int().positive(),
  /** When it was sent, by the sender's clock. */
  at: epochMsSchema,
  events: z
    .array(z.object({ event: z.string().min(1).max(100), payload: z.unknown() }))
    .min(1)
    .max(5000),
});
export type EventBatch = z.infer<typeof eventBatchSchema>;

/** The answer on `snapshot`: `seq` is the number, in the fleet's numbering, of the last event it contains. */
export const hostSnapshotSchema = z.object({
  v: z.literal(FLEET_VERSION),
  hostId: hostIdSchema,
  boot: bootSchema,
  seq: z.number().int().nonnegative(),
  at: epochMsSchema,
  snapshot: snapshotSchema,
});
export type HostSnapshot = z.infer<typeof hostSnapshotSchema>;

/**
 * What a host says about itself: the `data` of the answer to the service API's STATS, asked by whoever shows the fleet,
 * so that presence and figures are one round. Name, version and labels are in the service's metadata as well.
 */
export const hostReportSchema = z.object({
  v: z.literal(FLEET_VERSION),
  hostId: hostIdSchema,
  boot: bootSchema,
  name: shownSchema(100),
  version: shownSchema(50),
  platform: shownSchema(50),
  labels: z.record(shownSchema(100), shownSchema(200)),
  role: fleetRoleSchema,
  startedAt: epochMsSchema,
  at: epochMsSchema,
  /** Number of the newest event it has numbered for the fleet: who follows sees that something at the end was lost. */
  seq: z.number().int().nonnegative(),
  counts: fleetCountsSchema,
  loopLagP99Ms: durationMsSchema.nullable(),
  rssBytes: countSchema.nullable(),
});
export type HostReport = z.infer<typeof hostReportSchema>;

/** The answer on `who`: one start of one host that serves the id. */
export const servingSchema = z.object({ v: z.literal(FLEET_VERSION), boot: bootSchema });

/**
 * Headers of a request: who asks, as they say themselves; the broker's permissions decide who may ask at all. `until`: an
 * order that arrives later than this is not begun, epoch ms by the clock of the host that is asked. Without it, at any time.
 */
export const askerHeaders = {
  hostId: 'Skillward-From',
  name: 'Skillward-From-Name',
  until: 'Skillward-Until',
} as const;
