import { z } from 'zod';
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

export const notificationsConfigSchema = z.strictObject({
  enabled: z.boolean().default(true),
  onFailing: z.boolean().default(true),
  onQuarantined: z.boolean().default(true),
  onDegraded: z.boolean().default(true),
  onRecovered: z.boolean().default(true),
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

/** Per-skill override: any part of `health` and `restart`. Absent means inherited. */
export const skillOverrideSchema = z.strictObject({
  health: patchOf(healthMonitorConfigSchema).optional(),
  restart: patchOf(restartConfigSchema).optional(),
});
export type SkillOverride = z.infer<typeof skillOverrideSchema>;

/** Everything a person can set. One JSON file in the data folder; never history. */
export const appConfigSchema = z.strictObject({
  health: healthMonitorConfigSchema.prefault({}),
  restart: restartConfigSchema.prefault({}),
  notifications: notificationsConfigSchema.prefault({}),
  retention: retentionConfigSchema.prefault({}),
  skills: skillsConfigSchema.prefault({}),
  general: generalConfigSchema.prefault({}),
  advice: adviceConfigSchema.prefault({}),
  overrides: z.record(z.string(), skillOverrideSchema).default({}),
});
export type AppConfig = z.infer<typeof appConfigSchema>;

/** A deep partial of the config: only what is to change. A section or member nobody knows is refused. */
export const appConfigPatchSchema = z.strictObject({
  health: patchOf(healthMonitorConfigSchema).optional(),
  restart: patchOf(restartConfigSchema).optional(),
  notifications: patchOf(notificationsConfigSchema).optional(),
  retention: patchOf(retentionConfigSchema).optional(),
  skills: patchOf(skillsConfigSchema).optional(),
  general: patchOf(generalConfigSchema).optional(),
  advice: patchOf(adviceConfigSchema).optional(),
  overrides: z.record(z.string(), skillOverrideSchema.nullable()).optional(),
});
export type AppConfigPatch = z.infer<typeof appConfigPatchSchema>;

/** The same object schema with every member optional and no defaults, so that a patch carries only what was said. */
function patchOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>) {
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, member]) => [
      key,
      z.optional(member instanceof z.ZodDefault ? (member.unwrap() as z.ZodType) : (member as z.ZodType)),
    ]),
  );
  return z.strictObject(shape) as unknown as z.ZodType<{
    [Key in keyof Shape]?: z.output<Shape[Key]> | undefined;
  }>;
}
