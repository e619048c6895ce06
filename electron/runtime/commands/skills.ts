import { CommandError } from '../../../shared/contract/index.ts';
import { maskKnown } from '../../core/redaction/mask-known.ts';
import { plainText } from '../../skills/json-line.ts';
import type { Handlers } from '../dispatcher.ts';
import { type Rooms, skillNow } from '../rooms.ts';

/** How long an invocation may take when the caller does not say, ms (the skill protocol's own default). */
const DEFAULT_INVOKE_TIMEOUT_MS = 30_000;

export function skillCommands(rooms: Rooms) {
  const { credentials, keeper, supervisor, view } = rooms;
  const after = async (skillId: string, done: Promise<void>) => {
    await done;
    return { skill: skillNow(rooms, skillId) };
  };
  return {
    'skills.reload': () => rooms.catalogDesk.reload(),
    'skill.list': () => ({ skills: view.all() }),
    'skill.start': ({ skillId }) => after(skillId, keeper.start(skillId)),
    'skill.stop': ({ skillId }) => after(skillId, keeper.stop(skillId)),
    'skill.restart': ({ skillId }) => after(skillId, keeper.restart(skillId)),
    'skill.disable': ({ skillId }) => after(skillId, keeper.disable(skillId)),
    'skill.activate': ({ skillId }) => after(skillId, keeper.activate(skillId)),
    'skill.quarantine': ({ skillId, reason }) => after(skillId, keeper.quarantine(skillId, reason)),
    'skill.release': ({ skillId, mode }) => after(skillId, keeper.release(skillId, mode ?? 'trial')),
    'skill.invoke': async ({ skillId, method, params, timeoutMs }) => {
      keeper.skill(skillId);
      const timeout = timeoutMs ?? DEFAULT_INVOKE_TIMEOUT_MS;
      const said = await supervisor.invoke(skillId, method, params, timeout);
      // Also a skill that repeats what it was given does not tell a page its credentials.
      const answer = maskKnown(said, credentials.secrets(skillId)) as typeof said;
      if (answer.ok) return { result: answer.result };
      switch (answer.kind) {
        case 'skill_error':
          throw new CommandError(
            'skill_error',
            `${skillId} answered with error ${answer.code}: ${plainText(answer.message)}`,
            {
              code: answer.code,
              message: answer.message,
              ...(answer.data === undefined ? {} : { data: answer.data }),
            },
          );
        case 'timeout':
          throw new CommandError('timeout', answer.message);
        case 'unavailable':
          throw new CommandError('unavailable', answer.message);
        case 'protocol':
          throw new CommandError('skill_error', answer.message);
      }
    },
  } satisfies Partial<Handlers>;
}
