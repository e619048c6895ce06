import { z } from 'zod';
import { fleetRoleSchema } from './fleet.ts';
import { settableSecsSchema } from './primitives.ts';

/** Rules of health, DESIGN.md section 4. App-wide; a manifest's `[health]`, then the settings, override it per skill. */
export const healthMonitorConfigSchema = z.strictObject({
  checkIntervalSecs: settableSecsSchema.default(300),
  healthTimeoutSecs: z.number().min(1).max(600).default(10),
  maxConsecutiveFailures: z.number().int().min(1).max(1000).default(5),
  autoRestart: z.boolean().default(true),
  autoQuarantine: z.boolean().default(true),
  degradedAfterMs: z.number().int().min(1).max(600_000).default(5000),
  failureWindowSecs: settableSecsSchema.default(600),
  maxFailuresInWindow: z.number().int().min(1).max(1000).default(10),
  stableAfterSecs: settableSecsSchema.default(60),
  maxConcurrentChecks: z.number().int().min(1).max(64).default(4),
});
export type HealthMonitorConfig = z.infer<typeof healthMonitorConfigSchema>;

/** How a skill is started again and stopped. The first restart since a stable run is immediate, then 1, 2, 4 … `maxDelaySecs`. */
export const restartConfigSchema = z.strictObject({
  firstDelaySecs: z.number().min(0.1).max(3600).default(1),
  maxDelaySecs: settableSecsSchema.default(60),
  jitterPercent: z.number().min(0).max(100).default(20),
  handshakeTimeoutSecs: z.number().min(1).max(600).default(10),
  stopGraceMs: z.number().int().min(100).max(60_000).default(2000),
  /** Mebibytes over the whole process tree; several samples in a row above it end the run. 0: no limit. */
  memoryLimitMb: z.number().int().min(0).max(1_048_576).default(0),
});
export type RestartConfig = z.infer<typeof restartConfigSchema>;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, for example 22:00');

export const notificationsConfigSchema = z.strictObject({
  enabled: z.boolean().default(true),
  onFailing: z.boolean().default(true),
  onQuarantined: z.boolean().default(true),
  onDegraded: z.boolean().default(true),
  onRecovered: z.boolean().default(true),
  /** The same trouble of the same skill is told again after this long at the earliest; 0: each time. */
  cooldownSecs: z.number().min(0).max(86_400).default(600),
  /** This many skills in trouble within `groupWindowSecs` are told in one notice. */
  groupAtLeast: z.number().int().min(2).max(100).default(3),
  groupWindowSecs: z.number().min(1).max(600).default(30),
  /** This many changes between well and unwell within `flappingWindowSecs` are told as flapping, then no more. */
  flappingChanges: z.number().int().min(2).max(100).default(4),
  flappingWindowSecs: z.number().min(60).max(86_400).default(900),
  /** Nothing pops up between `quietFrom` and `quietTo` (local time, `HH:MM`; may run over midnight). */
  quietHours: z.boolean().default(false),
  quietFrom: timeOfDaySchema.default('22:00'),
  quietTo: timeOfDaySchema.default('07:00'),
  /** Quarantine is told in quiet hours all the same. */
  quietExceptQuarantined: z.boolean().default(true),
  /** Nothing pops up before then (epoch ms); null: not muted. */
  mutedUntil: z.number().int().nonnegative().nullable().default(null),
});
export const retentionConfigSchema = z.strictObject({
  rawCheckDays: z.number().int().min(1).max(3650).default(30),
  rollUpDays: z.number().int().min(1).max(3650).default(400),
  actionDays: z.number().int().min(1).max(3650).default(400),
  logFiles: z.number().int().min(1).max(50).default(5),
  logFileBytes: z.number().int().min(65_536).max(104_857_600).default(2_097_152),
});
export const skillsConfigSchema = z.strictObject({
  folders: z.array(z.string().min(1).max(4096)).max(100).default([]),
});
export const generalConfigSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  startAtLogin: z.boolean().default(false),
  closeKeepsRunning: z.boolean().default(true),
  closeExplained: z.boolean().default(false),
  /** The three steps of a first start were gone through or skipped. */
  firstRunDone: z.boolean().default(false),
  /** How points in time are shown. */
  clock: z.enum(['local', 'utc']).default('local'),
});

/** A host, perhaps a port and a path; no user name, no query. */
const ENDPOINT = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#\\]*)?$/i;

/** Repair suggestions by a language model: off until a person turns them on and has seen what is sent. */
export const adviceConfigSchema = z.strictObject({
  enabled: z.boolean().default(false),
  /** Of an OpenAI-compatible endpoint: http or https, without a user name in it. */
  baseUrl: z
    .string()
    .trim()
    .max(2000)
    .regex(ENDPOINT, 'an http:// or https:// address')
    .default('http://127.0.0.1:11434/v1'),
  model: z.string().trim().max(200).default(''),
  /** A person saw what is sent and agreed; another `baseUrl` takes it back. */
  consentedPreview: z.boolean().default(false),
});

/** The fleet this host belongs to. Secrets are not here: they are kept like credentials. */
export const fleetConfigSchema = z.strictObject({
  enabled: z.boolean().default(false),
  /** `nats://` (loopback only) or `tls://` addresses of one broker cluster. */
  servers: z.array(z.string().min(1).max(500)).max(10).default([]),
  auth: z.enum(['none', 'password', 'token', 'creds']).default('none'),
  user: z.string().max(200).default(''),
  /** PEM file of the authority that signed the broker's certificate; empty: the system's. */
  caFile: z.string().max(4096).default(''),
  /** How people call this host; empty: the machine's name. */
  name: z.string().trim().max(100).default(''),
  labels: z.record(z.string().regex(/^[a-z0-9_.-]{1,40}$/), z.string().max(100)).default({}),
  /** What others of the fleet may do here. */
  role: fleetRoleSchema.default('viewer'),
  /** Fixes recorded here go to the fleet, and the fleet's are suggested here. */
  shareFixes: z.boolean().default(false),
});

/** Metrics for machines. All off until asked for. */
export const telemetryConfigSchema = z.strictObject({
  /** An endpoint for Prometheus to read. */
  prometheus: z.boolean().default(false),
  prometheusHost: z.string().min(1).max(255).default('127.0.0.1'),
  prometheusPort: z.number().int().min(0).max(65_535).default(9464),
  /** Pushes to an OpenTelemetry collector over HTTP. */
  otlp: z.boolean().default(false),
  otlpEndpoint: z
    .string()
    .trim()
    .max(2000)
    .regex(ENDPOINT, 'an http:// or https:// address')
    .default('http://127.0.0.1:4318/v1/metrics'),
  otlpIntervalSecs: z.number().min(1).max(3600).default(60),
});

/** Per-skill override: any part of `health` and `restart`. Absent means inherited. */
export const skillOverrideSchema = z.strictObject({
  health: patchOf(healthMonitorConfigSchema).optional(),
  restart: patchOf(restartConfigSchema).optional(),
});
export type SkillOverride = z.infer<typeof skillOverrideSchema>;

const skillOverridePatchSchema = z.strictObject({
  health: patchOf(healthMonitorConfigSchema, 'or null').nullable().optional(),
  restart: patchOf(restartConfigSchema, 'or null').nullable().optional(),
});

/** Everything a person can set. One JSON file in the data folder; never history. */
export const appConfigSchema = z.strictObject({
  health: healthMonitorConfigSchema.prefault({}),
  restart: restartConfigSchema.prefault({}),
  notifications: notificationsConfigSchema.prefault({}),
  retention: retentionConfigSchema.prefault({}),
  skills: skillsConfigSchema.prefault({}),
  general: generalConfigSchema.prefault({}),
  advice: adviceConfigSchema.prefault({}),
  fleet: fleetConfigSchema.prefault({}),
  telemetry: telemetryConfigSchema.prefault({}),
  overrides: z.record(z.string(), skillOverrideSchema).default({}),
});
export type AppConfig = z.infer<typeof appConfigSchema>;

/**
 * A deep partial of the config: only what is to change. A section or member nobody knows is refused. A member set to
 * null is at its default again, and follows it when a later version has a better one.
 */
export const appConfigPatchSchema = z.strictObject({
  health: patchOf(healthMonitorConfigSchema, 'or null').optional(),
  restart: patchOf(restartConfigSchema, 'or null').optional(),
  notifications: patchOf(notificationsConfigSchema, 'or null').optional(),
  retention: patchOf(retentionConfigSchema, 'or null').optional(),
  skills: patchOf(skillsConfigSchema).optional(),
  general: patchOf(generalConfigSchema, 'or null').optional(),
  advice: patchOf(adviceConfigSchema, 'or null').optional(),
  fleet: patchOf(fleetConfigSchema, 'or null').optional(),
  telemetry: patchOf(telemetryConfigSchema, 'or null').optional(),
  /** A skill, a section or a single member set to null is inherited again. */
  overrides: z.record(z.string(), skillOverridePatchSchema.nullable()).optional(),
});
export type AppConfigPatch = z.infer<typeof appConfigPatchSchema>;

/** The same object schema with every member optional and no defaults, so that a patch carries only what was said. */
function patchOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
): z.ZodType<{ [Key in keyof Shape]?: z.output<Shape[Key]> | undefined }>;
/** … where null takes the member out again. */
function patchOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  nulls: 'or null',
): z.ZodType<{ [Key in keyof Shape]?: z.output<Shape[Key]> | null | undefined }>;
function patchOf(schema: z.ZodObject, nulls?: 'or null'): z.ZodType {
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, member]) => {
      const bare = member instanceof z.ZodDefault ? (member.unwrap() as z.ZodType) : (member as z.ZodType);
      return [key, z.optional(nulls === undefined ? bare : z.nullable(bare))];
    }),
  );
  return z.strictObject(shape);
}
