import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { LogLine } from '../../shared/model/log.ts';
import { logLineText } from '../../shared/model/log-text.ts';
import type { LogQuery, Storage } from '../storage/storage.ts';

const DEFAULT_LINES = 10_000;
/** The longest text handed out, characters. */
const MAX_CHARS = 16_777_216;
/** Lines read at once, between which the host does other things. */
const LINES_A_ROUND = 5000;
/** Reads at most, each of which looks at a bounded part of the log: together about a gibibyte. */
const MAX_ROUNDS = 64;

/**
 * The newest lines a query asks for, as a text to save: at most `limit` of them, 10,000 by default. Secrets were
 * masked when the lines were written. Throws LogQueryError. `truncated`: there are more, or more has not been looked at.
 */
export async function exportLogs(
  logs: Storage['logs'],
  query: Omit<LogQuery, 'limit'> & { readonly limit?: number | undefined },
  format: 'text' | 'jsonl',
  nowMs: number,
): Promise<CommandAnswer<'logs.export'>> {
  const limit = query.limit ?? DEFAULT_LINES;
  const rounds: string[][] = [];
  let lines = 0;
  let chars = 0;
  let cursor: string | null | undefined;
  while (lines < limit && chars < MAX_CHARS && cursor !== null && rounds.length < MAX_ROUNDS) {
    const page = await logs.read({
      ...query,
      limit: Math.min(LINES_A_ROUND, limit - lines),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const texts: string[] = [];
    for (const line of page.lines.toReversed()) {
      const text = format === 'jsonl' ? JSON.stringify(line) : logLineText(line);
      if (chars + text.length > MAX_CHARS) {
        chars = MAX_CHARS;
        break;
      }
      chars += text.length + 1;
      texts.push(text);
    }
    rounds.unshift(texts.reverse());
    lines += texts.length;
    cursor = page.older;
  }
  const text = rounds.flat().join('\n');
  return {
    fileName: fileNameOf(query, format, nowMs),
    text: text === '' ? '' : `${text}\n`,
    lines,
    truncated: cursor !== null && cursor !== undefined,
  };
}

function fileNameOf(
  { skillId, skillIds = [] }: Omit<LogQuery, 'limit'>,
  format: string,
  nowMs: number,
): string {
  const asked: readonly LogLine['skillId'][] = skillId === undefined ? skillIds : [skillId];
  const [only] = asked;
  const whose = only === undefined ? 'all' : asked.length === 1 ? only : `${asked.length}-skills`;
  const when = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  return `skillward-log-${whose}-${when}.${format === 'jsonl' ? 'jsonl' : 'txt'}`;
}
