import { CommandError } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

export function configCommands(rooms: Rooms) {
  return {
    'config.get': () => ({ config: rooms.settings.get() }),
    'config.patch': async (patch, context) => {
      if (patch.skills?.folders !== undefined && context.trust === 'dashboard') {
        // From a page come ids, never paths (DESIGN.md section 10). The desktop asks through a native dialog.
        throw new CommandError(
          'not_allowed',
          'Skills folders are not changed from a page. Use `skillward call config.patch` on the machine, or the folder dialog of the desktop app.',
        );
      }
      return { config: await rooms.changeConfig(patch) };
    },
  } satisfies Partial<Handlers>;
}
