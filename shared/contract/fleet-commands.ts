import { z } from 'zod';
import {
  fleetFindingSchema,
  fleetHostSchema,
  fleetLinkSchema,
  fleetRoleSchema,
  hostIdSchema,
} from '../model/fleet.ts';
import { responseEnvelopeSchema } from './envelope.ts';
import { snapshotSchema } from './snapshot.ts';

const nothing = z.strictObject({});
const theLink = z.object({ link: fleetLinkSchema });
const commandNameSchema = z.string().min(1).max(100);
/** How long the host goes on looking after the fleet for somebody who does not ask again, ms. */
export const FLEET_LEASE_MS = 60_000;
/** Hosts of one order. */
const MAX_TARGETS = 1000;

/** How a host proves itself to the broker. Secrets are kept like credentials and never told. */
export const fleetAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('password'),
    user: z.string().min(1).max(200),
    password: z.string().min(1).max(4096),
  }),
  z.strictObject({ kind: z.literal('token'), token: z.string().min(1).max(4096) }),
  /** The text of a `.creds` file. */
  z.strictObject({ kind: z.literal('creds'), creds: z.string().min(1).max(16_384) }),
]);

/** Many machines, one dashboard: how a host joins a fleet, and what is seen and ordered across it. */
export const fleetCommands = {
  'fleet.status': {
    payload: nothing,
    answer: z.object({
      hostId: hostIdSchema,
      name: z.string(),
      role: fleetRoleSchema,
      link: fleetLinkSchema,
    }),
  },
  /** Only from the owner's control socket: it names servers and files. Answers when connected, refused or waiting. */
  'fleet.join': {
    payload: z.strictObject({
      servers: z.array(z.string().min(1).max(500)).min(1).max(10),
      auth: fleetAuthSchema,
      name: z.string().trim().min(1).max(100).optional(),
      labels: z.record(z.string().regex(/^[a-z0-9_.-]{1,40}$/), z.string().max(100)).optional(),
      /** Of the authority that signed the broker's certificate, PEM. Absolute path. */
      caFile: z.string().min(1).max(4096).optional(),
      role: fleetRoleSchema.optional(),
      shareFixes: z.boolean().optional(),
    }),
    answer: theLink,
  },
  'fleet.leave': { payload: nothing, answer: theLink },
  /** Asks the broker and every part of the link how it is. */
  'fleet.doctor': { payload: nothing, answer: z.object({ findings: z.array(fleetFindingSchema) }) },
  /**
   * All hosts of the fleet, this one first. From then on, for `FLEET_LEASE_MS`, `fleet.changed` tells what changes; asked
   * again it goes on. While this host is in no fleet, `hosts` holds itself alone.
   */
  'fleet.watch': {
    payload: nothing,
    answer: z.object({ link: fleetLinkSchema, hosts: z.array(fleetHostSchema) }),
  },
  /**
   * A snapshot of another host. From then on, for `FLEET_LEASE_MS`, `fleet.event` brings its events numbered from
   * `seq` + 1; a missing number or another `boot` means: ask again. With `renew`, only the lease is renewed, without a snapshot; an empty
   * `boot` in the answer says that nothing is followed any more.
   */
  'fleet.follow': {
    payload: z.strictObject({ hostId: hostIdSchema, renew: z.literal(true).optional() }),
    answer: z.object({
      boot: z.string(),
      seq: z.number().int().nonnegative(),
      snapshot: snapshotSchema.nullable(),
    }),
  },
  /** Sends one command to one host, which decides by its role; `answer` is the envelope as that host gave it. */
  'fleet.call': {
    payload: z.strictObject({
      hostId: hostIdSchema,
      command: commandNameSchema,
      payload: z.unknown().optional(),
      timeoutMs: z.number().int().min(100).max(60_000).optional(),
    }),
    answer: z.object({ answer: responseEnvelopeSchema }),
  },
  /** One command to many hosts at once, each with its own payload, and what each of them said; within 25 s. */
  'fleet.call_many': {
    payload: z.strictObject({
      command: commandNameSchema,
      targets: z
        .array(z.strictObject({ hostId: hostIdSchema, payload: z.unknown().optional() }))
        .min(1)
        .max(MAX_TARGETS),
      timeoutMs: z.number().int().min(100).max(60_000).optional(),
    }),
    /** In the order of `targets`. */
    answer: z.object({
      results: z.array(z.object({ hostId: hostIdSchema, answer: responseEnvelopeSchema })),
    }),
  },
} as const satisfies Record<string, { payload: z.ZodType; answer: z.ZodType }>;
