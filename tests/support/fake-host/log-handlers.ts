import type { LogLine } from '../../../shared/model/log.ts';
import { logLineText } from '../../../shared/model/log-text.ts';
import type { Handlers } from './handlers.ts';
import type { World } from './world.ts';

interface Filter {
  readonly skillId?: string | undefined;
  readonly skillIds?: readonly string[] | undefined;
  readonly stream?: LogLine['stream'] | undefined;
  readonly query?: string | undefined;
}

/** Enough of the real rules to see the screens: a place is the number of lines before it. */
export function logHandlers(world: World): Pick<Handlers, 'logs.read' | 'logs.export'> {
  function wanted({ skillId, skillIds, stream, query = '' }: Filter): LogLine[] {
    return world.logs
      .filter(
        (line) =>
          (skillId === undefined || line.skillId === skillId) &&
          (skillIds === undefined || skillIds.includes(line.skillId)) &&
          (stream === undefined || line.stream === stream) &&
          line.text.toLowerCase().includes(query.toLowerCase()),
      )
      .sort((a, b) => a.at - b.at);
  }
  return {
    'logs.read': ({ from, cursor, limit, ...filter }) => {
      const all = wanted(filter);
      const place = cursor === undefined ? all.length : Number(cursor);
      const start = from === 'oldest' ? (cursor === undefined ? 0 : place) : Math.max(0, place - limit);
      const lines = all.slice(start, from === 'oldest' ? start + limit : place);
      const end = start + lines.length;
      return {
        lines,
        droppedBytes: 0,
        older: start === 0 ? null : String(start),
        newer: String(end),
        atEnd: end === all.length,
        searchedTo: null,
      };
    },
    'logs.export': (filter) => {
      const lines = wanted(filter);
      const text = lines.map((line) => `${logLineText(line)}\n`).join('');
      return { fileName: 'skillward-log.txt', text, lines: lines.length, truncated: false };
    },
  };
}
