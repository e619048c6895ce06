import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { logLineKey } from '../../../shared/model/log-text.ts';
import { call } from '../../bridge/call.ts';
import { finderOf, type Stretch } from './find-in-text.ts';
import type { LogQuery, ShownFilter } from './log-filter.ts';

/** Lines looked at for a regular expression at most. */
const MAX_LINES = 5000;

export interface LogFinds {
  /** Keys of the lines that have a find, oldest first. */
  readonly keys: readonly string[];
  /** Whether a line has one. */
  readonly has: (key: string) => boolean;
  /** Where in a text; null while nothing is looked for. */
  readonly finder: ((text: string) => readonly Stretch[]) | null;
  /** Why nothing can be found. */
  readonly error: unknown;
}

/**
 * The finds in the lines shown. Plain text is looked for here; a regular expression by the host, which ends one that
 * would never end: only lines it has answered for are searched again, to mark where.
 */
export function useLogFinds(lines: readonly LogLine[], filter: ShownFilter, query: LogQuery): LogFinds {
  const { find, regex, highlight } = filter;
  const first = lines[0];
  const last = lines.at(-1);
  const asked = find !== '' && regex && highlight && first !== undefined && last !== undefined;
  const { data, error } = useQuery({
    queryKey: ['log-finds', JSON.stringify(query), find, first?.at ?? 0, last?.at ?? 0, lines.length],
    queryFn: async () => {
      const stretch = { after: (first?.at ?? 0) - 1, before: (last?.at ?? 0) + 1 };
      const answer = await call('logs.read', {
        ...query,
        ...stretch,
        query: find,
        regex: true,
        limit: MAX_LINES,
      });
      return new Set(answer.lines.map(logLineKey));
    },
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return useMemo(() => {
    const finder = finderOf(find, regex);
    if (finder === null) return { keys: [], has: () => false, finder: null, error: asked ? error : null };
    const found = (line: LogLine): boolean => {
      if (!highlight) return true;
      return regex
        ? data?.has(logLineKey(line)) === true
        : line.text.toLowerCase().includes(find.toLowerCase());
    };
    const keys = lines.filter(found).map(logLineKey);
    const set = new Set(keys);
    return { keys, has: (key) => set.has(key), finder, error: asked ? error : null };
  }, [lines, find, regex, highlight, data, error, asked]);
}
