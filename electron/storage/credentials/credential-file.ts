import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { epochMsSchema, skillIdSchema } from '../../../shared/model/primitives.ts';
import { writeWhole } from '../files.ts';

const FORMAT = 'skillward-credentials';
const VERSION = 1;
/** Far more than people enter; a larger file is not ours. Bytes. */
const MAX_FILE_BYTES = 64 * 1_048_576;

const entrySchema = z.object({
  skillId: skillIdSchema,
  name: z.string().regex(/^[a-z0-9_]{1,100}$/),
  /** How it was sealed. One this host does not know is kept for the host that does. */
  by: z.string().max(40),
  keyId: z.string().max(64).optional(),
  data: z.string().max(200_000),
  setAt: epochMsSchema,
});
/** One sealed value. */
export type CredentialEntry = z.infer<typeof entrySchema>;

const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  entries: z.array(entrySchema).max(10_000),
});

export type CredentialFileRead =
  | { readonly kind: 'entries'; readonly entries: readonly CredentialEntry[] }
  /** Written by a later Skillward: it must stay as it is. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'foreign'; readonly why: string }
  | { readonly kind: 'unreachable'; readonly why: string };

/** Reads the file of credentials; a missing one holds none. Never throws. */
export function readCredentialFile(file: string): CredentialFileRead {
  let text: string;
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_FILE_BYTES) return { kind: 'foreign', why: 'it is too large to be one of ours' };
    text = bytes.toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'entries', entries: [] };
    return { kind: 'unreachable', why: error instanceof Error ? error.message : String(error) };
  }
  return parseCredentialFile(text);
}

/** Reads the text of such a file. */
export function parseCredentialFile(text: string): Exclude<CredentialFileRead, { kind: 'unreachable' }> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'foreign', why: 'it is not JSON' };
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return { kind: 'entries', entries: parsed.data.entries };
  const head = z
    .object({
      format: z.literal(FORMAT),
      version: z
        .number()
        .int()
        .min(VERSION + 1),
    })
    .safeParse(value);
  return head.success ? { kind: 'newer' } : { kind: 'foreign', why: 'it is not a file of credentials' };
}

/** Writes the file whole or not at all, for its owner alone; on disk when this returns. Throws what the disk says. */
export function writeCredentialFile(file: string, entries: readonly CredentialEntry[]): void {
  writeWhole(file, `${JSON.stringify({ format: FORMAT, version: VERSION, entries }, null, 1)}\n`);
}
