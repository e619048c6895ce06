import { z } from 'zod';
import { healthMonitorConfigSchema, restartConfigSchema } from './config.ts';
import { causeKindSchema, skillHealthRecordSchema } from './health.ts';
import { durationMsSchema, epochMsSchema, skillIdSchema } from './primitives.ts';

/** What people decided. */
export const lifecycleStatusSchema = z.enum(['pending', 'testing', 'active', 'disabled', 'quarantined']);
export type LifecycleStatus = z.infer<typeof lifecycleStatusSchema>;

/** What the operating system sees. */
export const processStateSchema = z.enum(['stopped', 'starting', 'running', 'backoff', 'stopping', 'failed']);
export type ProcessState = z.infer<typeof processStateSchema>;

/** One step that mends a configuration: a form or an action the dashboard and the CLI offer by this name. */
export const remedySchema = z.enum([
  'enter-credentials',
  'create-environment',
  'install-python',
  'mend-files',
]);
export type Remedy = z.infer<typeof remedySchema>;

/** Why the process last ended or could not start. `exitCode`/`signal` are null where there was none. */
export const processCauseSchema = z.object({
  kind: causeKindSchema,
  message: z.string(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  at: epochMsSchema,
  /** What would mend it, where that is one step Skillward can offer. */
  remedy: remedySchema.optional(),
});
export type ProcessCause = z.infer<typeof processCauseSchema>;

export const skillProcessSchema = z.object({
  state: processStateSchema,
  pid: z.number().int().positive().nullable(),
  startedAt: epochMsSchema.nullable(),
  /** Restarts the monitor ordered since the host started. */
  restarts: z.number().int().nonnegative(),
  /** Those within the last `failureWindowSecs`, when this was last told. */
  restartsInWindow: z.number().int().nonnegative().optional(),
  /** While in `backoff`: when the next attempt starts, and the delay drawn for it (jitter included). */
  nextAttemptAt: epochMsSchema.nullable(),
  backoffMs: durationMsSchema.nullable(),
  cause: processCauseSchema.nullable(),
  /** Tree memory at the last look, bytes; null where it cannot be read. */
  memoryBytes: z.number().nonnegative().nullable(),
  /** How the process was started, in words: `python3.11`, `uv run`, `.venv`. */
  interpreter: z.string().nullable(),
  /** stdout lines that were not JSON, answers nobody waited for, over-long lines: counted, never fatal. */
  noise: z.object({
    nonJsonLines: z.number().int().nonnegative(),
    strayAnswers: z.number().int().nonnegative(),
    droppedLines: z.number().int().nonnegative(),
    droppedStderrBytes: z.number().int().nonnegative(),
  }),
});
export type SkillProcess = z.infer<typeof skillProcessSchema>;

/** What is wrong with a skill that cannot be started at all. */
export const brokenSchema = z.object({
  file: z.string(),
  line: z.number().int().positive().nullable(),
  message: z.string(),
});
export type Broken = z.infer<typeof brokenSchema>;

export const skillProtocolSchema = z.enum(['skill', 'mcp']);
export type SkillProtocol = z.infer<typeof skillProtocolSchema>;

/** One skill as every screen and the CLI see it: the three columns stay apart. */
export const skillSchema = z.object({
  id: skillIdSchema,
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  folder: z.string(),
  lifecycle: lifecycleStatusSchema,
  /** Paused by a person (`skill.stop`): neither checked nor restarted until `skill.start`. */
  paused: z.boolean(),
  /** Checks left to pass before a trial release counts; null when no trial runs. */
  trialChecksLeft: z.number().int().nonnegative().nullable(),
  process: skillProcessSchema,
  health: skillHealthRecordSchema,
  /** When the present health status kind began. */
  healthSince: epochMsSchema.nullable(),
  failuresInWindow: z.number().int().nonnegative(),
  lastLatencyMs: durationMsSchema.nullable(),
  nextCheckAt: epochMsSchema.nullable(),
  protocol: skillProtocolSchema,
  mode: z.enum(['daemon', 'one-shot']),
  /** Effective values: app, then manifest, then per-skill settings. */
  config: z.object({ health: healthMonitorConfigSchema, restart: restartConfigSchema }),
  broken: brokenSchema.optional(),
  /** Names of required credentials nobody has entered. Empty or absent: none. */
  credentialsMissing: z.array(z.string()).optional(),
  /** Set when Skillward installed it: which kept version runs, and whether it is a link to the person's own folder. */
  installed: z.object({ versionId: z.string(), linked: z.boolean(), at: epochMsSchema }).optional(),
  /** Its files differ from those the running process was started with: a restart puts them in force. */
  filesChanged: z.boolean().optional(),
});
export type Skill = z.infer<typeof skillSchema>;
