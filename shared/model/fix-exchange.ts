import { z } from 'zod';
import { fixPatternSchema } from './fix.ts';
import { epochMsSchema, personTextSchema } from './primitives.ts';

/** What a file of exchanged fixes calls itself. */
export const FIX_EXCHANGE_FORMAT = 'skillward-fixes';
/** Raised when an older program could not make sense of the file any more. */
export const FIX_EXCHANGE_VERSION = 1;
/** The largest file that is read, bytes. */
export const MAX_EXCHANGE_BYTES = 16_777_216;
/** Patterns of one file. */
export const MAX_EXCHANGE_PATTERNS = 20_000;
/** Characters of patterns in one `fix.import`: a request with them stays well under a mebibyte in any script. */
const MAX_CHUNK_CHARS = 200_000;

/** A pattern as it travels: no id of this machine, no permission to act by itself, nothing a fleet said about it. */
export const exchangePatternSchema = fixPatternSchema
  .omit({ id: true, autoApply: true, updatedAt: true, origin: true, elsewhere: true })
  .extend({
    errorSignature: z.string().min(1).max(4000),
    fixDescription: personTextSchema,
    successCount: z.number().int().nonnegative().max(1_000_000_000),
    failureCount: z.number().int().nonnegative().max(1_000_000_000),
    sample: z.string().max(65_536),
    updatedAt: epochMsSchema.optional(),
  });
export type ExchangePattern = z.infer<typeof exchangePatternSchema>;

export const fixExchangeSchema = z.object({
  format: z.literal(FIX_EXCHANGE_FORMAT),
  version: z.literal(FIX_EXCHANGE_VERSION),
  exportedAt: epochMsSchema.optional(),
  patterns: z.array(exchangePatternSchema).max(MAX_EXCHANGE_PATTERNS),
});
export type FixExchange = z.infer<typeof fixExchangeSchema>;

/** What an import found, or did: errors not known before, fixes known already, other fixes for known errors. */
export const importCountsSchema = z.object({
  added: z.number().int().nonnegative(),
  same: z.number().int().nonnegative(),
  conflicting: z.number().int().nonnegative(),
  /** Nothing in them to recognise an error by. */
  refused: z.number().int().nonnegative(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export type ExchangeRead =
  | { readonly ok: true; readonly patterns: readonly ExchangePattern[] }
  | { readonly ok: false; readonly message: string };

/** Reads the text of an exchange file. What cannot be read is told in one sentence. */
export function readFixExchange(text: string): ExchangeRead {
  if (text.length > MAX_EXCHANGE_BYTES) return { ok: false, message: 'The file is larger than 16 MiB.' };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, message: 'The file is not JSON.' };
  }
  const head = z.object({ format: z.literal(FIX_EXCHANGE_FORMAT), version: z.number() }).safeParse(value);
  if (!head.success) return { ok: false, message: 'The file holds no fixes exported by Skillward.' };
  if (head.data.version > FIX_EXCHANGE_VERSION)
    return { ok: false, message: 'The file was made by a newer version of Skillward than this one.' };
  const read = fixExchangeSchema.safeParse(value);
  if (read.success) return { ok: true, patterns: read.data.patterns };
  const [issue] = read.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return { ok: false, message: `The file is damaged${where}.` };
}

/** The patterns in portions that fit one request each, in order. */
export function importChunks(patterns: readonly ExchangePattern[]): ExchangePattern[][] {
  const chunks: ExchangePattern[][] = [];
  let room = 0;
  for (const pattern of patterns) {
    const others = pattern.alsoFor ?? [];
    const own = pattern.sample.length + pattern.fixDescription.length + pattern.errorSignature.length + 300;
    const size = others.reduce(
      (sum, { errorSignature, sample }) => sum + errorSignature.length + sample.length,
      own,
    );
    const last = chunks.at(-1);
    if (last === undefined || size > room) {
      chunks.push([pattern]);
      room = MAX_CHUNK_CHARS - size;
    } else {
      last.push(pattern);
      room -= size;
    }
  }
  return chunks;
}

/** The counts of several portions as one. */
export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    added: a.added + b.added,
    same: a.same + b.same,
    conflicting: a.conflicting + b.conflicting,
    refused: a.refused + b.refused,
  };
}
