import { z } from 'zod';
import { epochMsSchema, skillIdSchema } from './primitives.ts';
import { skillProtocolSchema } from './skill.ts';

/** The largest skill that travels through the dashboard instead of lying on the disk, bytes over all its files. */
export const MAX_STAGED_BYTES = 700_000;

/** Names that are no part of a skill: what tools keep beside it, and what only works where it was made. */
export const LEFT_OUT_NAMES: readonly string[] = [
  '__pycache__',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  '.DS_Store',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
];

/** Something a validation found. `error` keeps the skill from starting; a `warning` does not. */
export const packageFindingSchema = z.object({
  level: z.enum(['error', 'warning']),
  /** Relative to the skill's folder. */
  file: z.string(),
  line: z.number().int().positive().nullable(),
  message: z.string(),
});
export type PackageFinding = z.infer<typeof packageFindingSchema>;

/** What a folder or file turns out to be, read without running anything of it. */
export const packageFactsSchema = z.object({
  /** Null when there is no readable manifest. */
  id: skillIdSchema.nullable(),
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  protocol: skillProtocolSchema,
  mode: z.enum(['daemon', 'one-shot']),
  /** The program and arguments that would be started, as words. */
  command: z.array(z.string()),
  dependencies: z.array(z.string()),
  credentials: z.array(
    z.object({ name: z.string(), envVar: z.string(), description: z.string(), required: z.boolean() }),
  ),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  findings: z.array(packageFindingSchema),
  /** `new`; `update` of an installed skill; `taken`: a skill of that id lies in another folder. */
  standing: z.enum(['new', 'update', 'taken']),
});
export type PackageFacts = z.infer<typeof packageFactsSchema>;

/** One kept version of an installed skill. */
export const packageVersionSchema = z.object({
  versionId: z.string(),
  version: z.string(),
  installedAt: epochMsSchema,
  /** When it last had a healthy check; null: never. The newest such one is what a rollback goes to. */
  healthyAt: epochMsSchema.nullable(),
  current: z.boolean(),
  linked: z.boolean(),
});
export type PackageVersion = z.infer<typeof packageVersionSchema>;
