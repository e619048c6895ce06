import { CommandError } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import { exportLogs } from '../log-export.ts';
import type { Rooms } from '../rooms.ts';

/** Reading what skills wrote, page by page, and as a text to save. */
export function logCommands({ clock, storage: { logs } }: Rooms) {
  return {
    'logs.read': async (query) => {
      try {
        return await logs.read(query);
      } catch (error) {
        throw refusal(error);
      }
    },
    'logs.export': async ({ format, ...query }) => {
      try {
        return await exportLogs(logs, query, format ?? 'text', clock.nowMs());
      } catch (error) {
        throw refusal(error);
      }
    },
  } satisfies Partial<Handlers>;
}

/** A search nobody can answer is the asker's to change; anything else is not. */
function refusal(error: unknown): unknown {
  const theirs = error instanceof Error && error.name === 'LogQueryError';
  return theirs ? new CommandError('invalid_payload', error.message) : error;
}
