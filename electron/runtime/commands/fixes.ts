import { CommandError } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

export function fixCommands({ fixes, keeper }: Rooms) {
  return {
    'fix.record': ({ error, errorSignature, fixDescription, skillId }) => {
      if (skillId !== undefined) keeper.skill(skillId);
      const text = error ?? errorSignature;
      if (text === undefined)
        throw new CommandError('invalid_payload', 'fix.record: give either error or errorSignature.');
      return { pattern: fixes.record(text, fixDescription, skillId) };
    },
    'fix.match': ({ error, skillId, limit }) => fixes.match(error, { skillId, limit }),
    'fix.list': () => ({ patterns: fixes.list() }),
    'fix.feedback': ({ fixId, worked, skillId }) => ({ pattern: fixes.feedback(fixId, worked, skillId) }),
    'fix.update': ({ fixId, fixDescription, skillId }) => ({
      pattern: fixes.update(fixId, fixDescription, skillId),
    }),
    'fix.delete': ({ fixId }) => ({ deleted: true as const, pattern: fixes.delete(fixId) }),
  } satisfies Partial<Handlers>;
}
