import { CommandError } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

const DEFAULT_POINTS = 360;
const DEFAULT_CELLS = 60;
const DEFAULT_LIMIT = 100;

/** History, actions, incidents and logs: what is only read. */
export function recordCommands(rooms: Rooms) {
  const { actions, checks, incidents, logs } = rooms.storage;
  return {
    'history.query': ({ skillId, from, to, points }) => {
      mustRise(from, to);
      return {
        buckets: checks.history(skillId, from, to, points ?? DEFAULT_POINTS),
        marks: actions.marks(skillId, from, to),
      };
    },
    'history.checks': ({ skillId, before, limit }) => ({
      checks: checks.list(skillId, before, limit ?? DEFAULT_LIMIT),
    }),
    'history.heartbeats': ({ from, to, cells, skillId }) => {
      mustRise(from, to);
      return { heartbeats: checks.heartbeats(from, to, cells ?? DEFAULT_CELLS, skillId) };
    },
    'action.list': (query) => ({
      actions: actions.list({ ...definedOnly(query), limit: query.limit ?? DEFAULT_LIMIT }),
    }),
    'incident.list': (query) => ({
      incidents: incidents.list({ ...definedOnly(query), limit: query.limit ?? DEFAULT_LIMIT }),
    }),
    'logs.read': (query) => {
      try {
        return logs.read(definedOnly(query));
      } catch (error) {
        if (error instanceof Error && error.name === 'LogQueryError')
          throw new CommandError('invalid_payload', error.message);
        throw error;
      }
    },
  } satisfies Partial<Handlers>;
}

function mustRise(from: number, to: number): void {
  if (to <= from)
    throw new CommandError('invalid_payload', '`to` must be later than `from` (both epoch milliseconds).');
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops members that are `undefined`, so that optional means absent all the way down. */
function definedOnly<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
