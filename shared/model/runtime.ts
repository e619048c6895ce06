import { z } from 'zod';
import { durationMsSchema, epochMsSchema } from './primitives.ts';

/** Something about the host itself a person should know; `code` is stable, for scripts. */
export const hostNoticeSchema = z.object({
  at: epochMsSchema,
  level: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
});
export type HostNotice = z.infer<typeof hostNoticeSchema>;

export const runtimeStatusSchema = z.object({
  hostKind: z.enum(['desktop', 'headless']),
  pid: z.number().int().positive(),
  startedAt: epochMsSchema,
  uptimeMs: durationMsSchema,
  dataDir: z.string(),
  /** The skills folders in use: of the settings and of this run. */
  folders: z.array(z.string()),
  skills: z.object({
    total: z.number().int().nonnegative(),
    running: z.number().int().nonnegative(),
    healthy: z.number().int().nonnegative(),
    degraded: z.number().int().nonnegative(),
    failing: z.number().int().nonnegative(),
    quarantined: z.number().int().nonnegative(),
    broken: z.number().int().nonnegative(),
  }),
  eventLoopLagMs: z.object({ p50: durationMsSchema, p99: durationMsSchema, max: durationMsSchema }),
  memoryBytes: z.number().nonnegative(),
  /** CPU time of the host process since it started, as a share of one core, 0 and up. */
  cpuShare: z.number().nonnegative(),
  storage: z.object({ mode: z.enum(['disk', 'memory', 'read-only']), bytes: z.number().nonnegative() }),
  notices: z.array(hostNoticeSchema),
});
export type RuntimeStatus = z.infer<typeof runtimeStatusSchema>;

const programSchema = z.object({ path: z.string(), version: z.string() }).nullable();
/** What a machine offers to skills. */
export const hostEnvironmentSchema = z.object({
  python: programSchema,
  uv: programSchema,
  /** Why no Python can be used, and what to do; null when there is one. */
  pythonProblem: z.string().nullable(),
  skillsFolders: z.array(
    z.object({ path: z.string(), skills: z.number().int().nonnegative(), problem: z.string().nullable() }),
  ),
  /** Where skills are installed to. */
  installFolder: z.string(),
});
export type HostEnvironment = z.infer<typeof hostEnvironmentSchema>;
