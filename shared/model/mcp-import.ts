import { z } from 'zod';
import { skillIdSchema } from './primitives.ts';

/** A configuration of another program on this machine that lists MCP servers. */
export const importSourceSchema = z.object({
  sourceId: z.string(),
  /** Of the program: `Claude Desktop`, `Cursor`, `.mcp.json`. */
  client: z.string(),
  path: z.string(),
  servers: z.number().int().nonnegative(),
  /** Why it cannot be read; null when it can. */
  problem: z.string().nullable(),
});
export type ImportSource = z.infer<typeof importSourceSchema>;

/** One server of a configuration: everything that would be started, shown before anything is. */
export const importServerSchema = z.object({
  /** As the configuration calls it. */
  name: z.string(),
  /** The id it would get here. */
  skillId: skillIdSchema,
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string().nullable(),
  /** Names with their values, secrets masked. */
  env: z.array(z.object({ name: z.string(), shown: z.string(), secret: z.boolean() })),
  runtime: z.enum(['python', 'node', 'docker', 'other']),
  /** Why it cannot be imported (a URL instead of a command, the id is taken); null when it can. */
  problem: z.string().nullable(),
});
export type ImportServer = z.infer<typeof importServerSchema>;

/** A tool an MCP server offers. */
export const skillToolSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  /** JSON Schema of its arguments, as the server gave it. */
  inputSchema: z.unknown(),
});
export type SkillTool = z.infer<typeof skillToolSchema>;
