import { z } from 'zod';
import { credentialStateSchema, MAX_CREDENTIAL_CHARS } from '../model/credential.ts';
import { importServerSchema, importSourceSchema, skillToolSchema } from '../model/mcp-import.ts';
import { packageFactsSchema, packageVersionSchema } from '../model/package.ts';
import { skillIdSchema } from '../model/primitives.ts';
import { skillSchema } from '../model/skill.ts';

const bySkill = z.strictObject({ skillId: skillIdSchema });
/** Absolute. Refused from a page: there it is a staged package, or a choice in a native dialog (DESIGN.md section 10). */
const pathSchema = z.string().min(1).max(4096);
const stagingIdSchema = z.string().min(1).max(100);
/** Where a package lies: on this machine, or handed over by `skill.stage`. */
const place = { path: pathSchema.optional(), stagingId: stagingIdSchema.optional() };
const onePlace = (payload: { path?: string | undefined; stagingId?: string | undefined }) =>
  (payload.path === undefined) !== (payload.stagingId === undefined);
const onePlaceMessage = { message: 'give either path or stagingId' };
/** Where an import comes from: a configuration found on this machine, a file, or its text. */
const origin = {
  sourceId: z.string().min(1).max(200).optional(),
  path: pathSchema.optional(),
  text: z.string().min(1).max(500_000).optional(),
};
const oneOrigin = (payload: {
  sourceId?: string | undefined;
  path?: string | undefined;
  text?: string | undefined;
}) => [payload.sourceId, payload.path, payload.text].filter((given) => given !== undefined).length === 1;
const oneOriginMessage = { message: 'give one of sourceId, path and text' };

/** How skills come, change and go, and what they need: packages, imports, environments, credentials, tools. */
export const packageCommands = {
  /** Hands a package over through the dashboard. Kept for an hour, then gone. `content` is base64. */
  'skill.stage': {
    payload: z.strictObject({
      files: z
        .array(z.strictObject({ path: z.string().min(1).max(400), content: z.string().max(1_000_000) }))
        .min(1)
        .max(200),
    }),
    answer: z.object({ stagingId: stagingIdSchema, facts: packageFactsSchema }),
  },
  /** What a package is and what is wrong with it. Runs nothing of it. */
  'skill.inspect': {
    payload: z.strictObject(place).refine(onePlace, onePlaceMessage),
    answer: z.object({ facts: packageFactsSchema }),
  },
  /** Copies (or links) a package into the data folder, tries it, and puts it in service; an update when it is installed. */
  'skill.install': {
    payload: z
      .strictObject({ ...place, mode: z.enum(['copy', 'link']).optional() })
      .refine(onePlace, onePlaceMessage),
    answer: z.object({ skill: skillSchema, versionId: z.string(), updated: z.boolean() }),
  },
  /** Stops an installed skill and takes it away. Its own data and its history stay unless `forget` says otherwise. */
  'skill.remove': {
    payload: z.strictObject({ skillId: skillIdSchema, forget: z.boolean().optional() }),
    answer: z.object({ removed: z.literal(true), skillId: skillIdSchema }),
  },
  /** Back to `versionId`, else to the newest earlier version that was healthy. */
  'skill.rollback': {
    payload: z.strictObject({ skillId: skillIdSchema, versionId: z.string().max(100).optional() }),
    answer: z.object({ skill: skillSchema, versionId: z.string() }),
  },
  'skill.versions': { payload: bySkill, answer: z.object({ versions: z.array(packageVersionSchema) }) },
  /** What an MCP server offers. `skill.invoke` with `tools/call` calls one. */
  'skill.tools': { payload: bySkill, answer: z.object({ tools: z.array(skillToolSchema) }) },

  'import.sources': {
    payload: z.strictObject({}),
    answer: z.object({ sources: z.array(importSourceSchema) }),
  },
  'import.preview': {
    payload: z.strictObject(origin).refine(oneOrigin, oneOriginMessage),
    answer: z.object({ client: z.string(), servers: z.array(importServerSchema) }),
  },
  /** Makes skills of the chosen servers; their secrets become credentials. Starts them unless `start` is false. */
  'import.apply': {
    payload: z
      .strictObject({
        ...origin,
        names: z.array(z.string().min(1).max(200)).min(1).max(100),
        start: z.boolean().optional(),
      })
      .refine(oneOrigin, oneOriginMessage),
    answer: z.object({
      skills: z.array(skillSchema),
      refused: z.array(z.object({ name: z.string(), problem: z.string() })),
    }),
  },

  /** What would be done: the commands, word for word, and what they would download. Does nothing. */
  'environment.plan': {
    payload: bySkill,
    answer: z.object({
      steps: z.array(z.array(z.string())),
      dependencies: z.array(z.string()),
      folder: z.string(),
    }),
  },
  /** Makes the skill's `.venv` and installs what it declares. Output comes as `environment.output`. */
  'environment.create': { payload: bySkill, answer: z.object({ jobId: z.string() }) },
  'environment.cancel': {
    payload: z.strictObject({ jobId: z.string().min(1).max(100) }),
    answer: z.object({ cancelled: z.boolean() }),
  },

  'credential.list': {
    payload: z.strictObject({ skillId: skillIdSchema.optional() }),
    answer: z.object({
      credentials: z.array(credentialStateSchema),
      /** How values are kept here, in words: `the keychain of this computer`, `an encrypted file`. */
      keptIn: z.string(),
    }),
  },
  'credential.set': {
    payload: z.strictObject({
      skillId: skillIdSchema,
      name: z.string().regex(/^[a-z0-9_]{1,100}$/, 'a credential the manifest declares'),
      value: z.string().min(1).max(MAX_CREDENTIAL_CHARS),
    }),
    answer: z.object({ credential: credentialStateSchema }),
  },
  'credential.clear': {
    payload: z.strictObject({
      skillId: skillIdSchema,
      name: z.string().regex(/^[a-z0-9_]{1,100}$/, 'a credential the manifest declares'),
    }),
    answer: z.object({ credential: credentialStateSchema }),
  },
} as const satisfies Record<string, { payload: z.ZodType; answer: z.ZodType }>;
