import { CommandError } from '../../../shared/contract/index.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import type { ImportFrom } from '../import-desk.ts';
import { listTools } from '../mcp-tools.ts';
import { type Rooms, skillNow } from '../rooms.ts';

/** Imports from other programs' configurations, and what MCP servers offer. */
export function importCommands(rooms: Rooms) {
  const { clock, imports, supervisor } = rooms;
  return {
    'import.sources': async () => ({ sources: await imports.sources() }),
    'import.preview': (from, context) => imports.preview(allowed(from, context)),
    'import.apply': async ({ names, start, ...from }, context) => {
      const { made, refused } = await imports.apply(allowed(from, context), names, start ?? true);
      return { skills: made.map((skillId) => skillNow(rooms, skillId)), refused };
    },
    'skill.tools': async ({ skillId }) => {
      const { protocol, process } = skillNow(rooms, skillId);
      if (process.state !== 'running')
        throw new CommandError('unavailable', `${skillId} is ${process.state}: start it to see its tools.`);
      if (protocol !== 'mcp')
        throw new CommandError(
          'conflict',
          `${skillId} speaks the skill protocol, which has no tools: invoke it (skill.invoke).`,
        );
      return { tools: await listTools(supervisor, skillId, () => clock.monotonicMs()) };
    },
  } satisfies Partial<Handlers>;
}

/** From a page come ids and what a person pasted there, never paths (DESIGN.md section 10). */
function allowed(from: ImportFrom, { trust }: CallContext): ImportFrom {
  if (from.path === undefined || trust === 'operator') return from;
  throw new CommandError(
    'not_allowed',
    'A page cannot name a file: choose a configuration that was found, or paste its text.',
  );
}
