import { z } from 'zod';
import { splitCommand } from './manifest-command.ts';
import { cwdSchema, envSchema, runSchema } from './manifest-run.ts';
import { readSettings } from './manifest-settings.ts';
import { isVersionSpec } from './python-version.ts';

/** Set by Skillward for every skill (DESIGN.md section 5), so a credential may not take their place. */
const reservedVariables = /^(PATH|HOME|PYTHONUNBUFFERED|PYTHONIOENCODING|PYTHONFAULTHANDLER|SKILLWARD_.*)$/;

/** Text that must be in quotes; `example` is what a person could write. */
function quoted(example: string) {
  return z.string({
    error: (issue) =>
      issue.input === undefined
        ? `is missing: add ${example}`
        : `must be text in double quotes, for example ${example}`,
  });
}

function word(example: string, pattern: RegExp, allowed: string) {
  return quoted(example).regex(pattern, `may hold only ${allowed}: write for example ${example}`);
}

function shownText(example: string) {
  return quoted(example)
    .transform((text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim())
    .pipe(z.string().min(1, `is empty: write for example ${example}`));
}

function versionSpec(example: string) {
  return quoted(example).trim().refine(isVersionSpec, `is not a version: write for example ${example}`);
}

const credentialSchema = z.object(
  {
    name: word('name = "bot_token"', /^[a-z0-9_]{1,100}$/, 'lowercase letters, digits and _'),
    env_var: word('env_var = "BOT_TOKEN"', /^[A-Z0-9_]{1,100}$/, 'capital letters, digits and _').refine(
      (name) => !reservedVariables.test(name),
      'is a variable Skillward sets itself: choose another, for example env_var = "BOT_TOKEN"',
    ),
    description: shownText('description = "Token of the bot account"'),
    required: z.boolean().default(true),
    default: quoted('default = "value"').optional(),
  },
  'must be a table: start it with [[credentials]]',
);

const credentialsSchema = z
  .array(credentialSchema, 'must be an array of tables: start each one with [[credentials]]')
  .check((context) => {
    for (const member of ['name', 'env_var'] as const) {
      const seen = new Set<string>();
      for (const [position, credential] of context.value.entries()) {
        if (seen.has(credential[member])) {
          context.issues.push({
            code: 'custom',
            input: credential[member],
            path: [position, member],
            message: `"${credential[member]}" is declared twice: give each credential its own`,
          });
        }
        seen.add(credential[member]);
      }
    }
  });

const entryFileSchema = quoted('entry_file = "skill.py"').refine(
  staysInside,
  'must name a file inside the skill\'s own folder: write for example entry_file = "skill.py"',
);

const commandSchema = z
  .union([z.string(), z.array(z.string())], 'must be an array of texts: command = ["python3", "skill.py"]')
  .transform((command, context) => {
    const words = typeof command === 'string' ? splitCommand(command) : command;
    if (words !== null && words.length > 0 && words[0] !== '' && !words.some((part) => part.includes('\0')))
      return words;
    context.addIssue(
      words === null
        ? 'has a quote that is never closed: better write an array, command = ["python3", "skill.py"]'
        : 'is empty: write command = ["python3", "skill.py"], or leave it out to run `entry_file`',
    );
    return z.NEVER;
  });

const settingsSchema = z
  .record(z.string(), z.unknown(), 'must be a table: start it with [settings]')
  .transform((table, context) => {
    const { settings, problems } = readSettings(table);
    for (const { key, message } of problems) context.addIssue({ code: 'custom', path: [key], message });
    return settings;
  });

/**
 * Members of a manifest as they are written, `[health]` and `[restart]` aside.
 * Members nobody knows are ignored: a manifest may be shared with other hosts.
 */
export const manifestSchema = z.object({
  id: word('id = "disk-space"', /^[a-z0-9_-]{1,64}$/, 'lowercase letters, digits, - and _ (64 at most)'),
  name: shownText('name = "Disk space"').pipe(z.string().max(200)),
  version: shownText('version = "0.1.0"').pipe(z.string().max(64)).default('0.1.0'),
  description: shownText('description = "Watches the free space"').pipe(z.string().max(2000)).optional(),
  entry_file: entryFileSchema.optional(),
  min_uv_version: versionSpec('min_uv_version = "0.4.0"').optional(),
  min_python: versionSpec('min_python = "3.11"').optional(),
  protocol: z.enum(['skill', 'mcp'], 'must be "skill" or "mcp"').optional(),
  mode: z.enum(['daemon', 'one-shot'], 'must be "daemon" or "one-shot"').default('daemon'),
  command: commandSchema.optional(),
  cwd: cwdSchema.optional(),
  interpreter: shownText('interpreter = "python3.12"').optional(),
  credentials: credentialsSchema.default([]),
  settings: settingsSchema.default({}),
  env: envSchema.default({}),
  run: runSchema.optional(),
});

/** By the text alone; that no symbolic link leads out is checked where the file is looked at. */
function staysInside(file: string): boolean {
  if (file.trim() === '' || file.includes('\0') || /^([/\\]|[A-Za-z]:)/.test(file)) return false;
  let depth = 0;
  for (const part of file.split(/[/\\]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '.' && part !== '') depth += 1;
    if (depth < 0) return false;
  }
  return depth > 0;
}
