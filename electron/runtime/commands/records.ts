import { CommandError } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

const DEFAULT_POINTS = 360;
const DEFAULT_CELLS = 60;
const DEFAULT_LIMIT = 100;

/** History and actions: what is only read. */
export function recordCommands(rooms: Rooms) {
  const { actions, checks } = rooms.storage;
  return {
    'history.query': ({ skillId, from, to, points }) => {
      mustRise(from, to);
      return {
        buckets: checks.history(skillId, from, to, points ?? DEFAULT_POINTS),
        marks: actions.marks(skillId, from, to),
      };
    },
    'history.checks': ({ skillId, before, limit, outcome }) => ({
      checks: checks.list(skillId, before, limit ?? DEFAULT_LIMIT, outcome),
    }),
    'history.heartbeats': ({ from, to, cells, skillId }) => {
      mustRise(from, to);
      return { heartbeats: checks.heartbeats(from, to, cells ?? DEFAULT_CELLS, skillId) };
    },
    'action.list': (query) => ({
      actions: actions.list({ ...definedOnly(query), limit: query.limit ?? DEFAULT_LIMIT }),
    }),
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
