import { z } from 'zod';
import { countSchema, durationMsSchema, epochMsSchema } from './primitives.ts';

/** A host as the fleet knows it: stands in subjects, so nothing a subject gives a meaning to. */
export const hostIdSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'a host id: a-z, 0-9, _ and -');

/** What a host lets others of its fleet do on it: look, or also carry out what people order there. */
export const fleetRoleSchema = z.enum(['viewer', 'operator']);
export type FleetRole = z.infer<typeof fleetRoleSchema>;

/** One thing `fleet.doctor` found, and what to do about it. */
export const fleetFindingSchema = z.object({
  level: z.enum(['ok', 'warning', 'error']),
  what: z.string(),
  /** What to do; null for what is in order. */
  todo: z.string().nullable(),
});
export type FleetFinding = z.infer<typeof fleetFindingSchema>;

/**
 * How this host stands with the broker. `waiting`: the broker cannot be reached and is tried again at `nextAttemptAt`;
 * `refused`: it was reached and does not let this host in; `duplicate`: another host has this one's id.
 */
export const fleetLinkSchema = z.object({
  state: z.enum(['off', 'connecting', 'connected', 'waiting', 'refused', 'duplicate']),
  since: epochMsSchema,
  /** The broker spoken to, without a user name; null when there is none. */
  server: z.string().nullable(),
  nextAttemptAt: epochMsSchema.nullable(),
  /** One sentence with what to do; null while nothing is wrong. */
  problem: z.string().nullable(),
  /** Whether the broker keeps events (JetStream); null while unknown. Without it dashboards take snapshots only. */
  keepsEvents: z.boolean().nullable(),
  /** Events handed to the broker, and those given up because it was away or full, since the host started. */
  published: countSchema,
  dropped: countSchema,
  /** Why fixes are not exchanged although a person wants it, as `fleet.doctor` says it; absent while nothing is wrong. */
  fixTrouble: fleetFindingSchema.optional(),
});
export type FleetLink = z.infer<typeof fleetLinkSchema>;

/** What a host says about its skills, in counts: skills by what needs looking at first. */
export const fleetCountsSchema = z.object({
  skills: countSchema,
  healthy: countSchema,
  degraded: countSchema,
  failing: countSchema,
  quarantined: countSchema,
  /** Not asked yet, stopped, disabled or broken. */
  other: countSchema,
  openIncidents: countSchema,
});
export type FleetCounts = z.infer<typeof fleetCountsSchema>;

/** `here`: this host itself; `heard`: it answered lately; `unknown`: it is not heard from, so nothing is known. */
export const fleetHostStateSchema = z.enum(['here', 'heard', 'unknown']);

/** One host of the fleet as another one sees it. Figures of a host that is `unknown` are the last ones heard. */
export const fleetHostSchema = z.object({
  hostId: hostIdSchema,
  name: z.string().max(100),
  version: z.string().max(50),
  platform: z.string().max(50),
  labels: z.record(z.string(), z.string()),
  /** Anew at every start of the host: event numbers of two boots have nothing to do with each other. */
  boot: z.string().max(64),
  state: fleetHostStateSchema,
  /** When it came into `state`, by this host's clock. */
  since: epochMsSchema,
  lastHeardAt: epochMsSchema.nullable(),
  /** Its clock minus ours, in ms (half the round trip taken into account); null while unknown. */
  clockSkewMs: z.number().int().nullable(),
  /** What its owner lets us do there. */
  role: fleetRoleSchema,
  counts: fleetCountsSchema.nullable(),
  startedAt: epochMsSchema.nullable(),
  loopLagP99Ms: durationMsSchema.nullable(),
  rssBytes: countSchema.nullable(),
});
export type FleetHost = z.infer<typeof fleetHostSchema>;
