import { CommandError } from '../../../shared/contract/index.ts';
import {
  patchOfChanges,
  readSettingsFile,
  settingChanges,
  settingsFileOf,
} from '../../../shared/model/settings-file.ts';
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
    'config.export': () => settingsFileOf(rooms.settings.get()),
    // Safe from a page: folders in the file are ignored, and a consent is not taken over (shared/model/settings-file.ts).
    'config.import': async ({ file, mode }) => {
      const read = readSettingsFile(file);
      if (!read.ok) {
        const named = read.issues.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
        throw new CommandError('invalid_payload', `The settings cannot be used. ${named.join('; ')}.`, {
          issues: read.issues.slice(0, 100),
        });
      }
      const config = rooms.settings.get();
      const changes = settingChanges(config, read.given);
      if (mode === 'preview' || changes.length === 0) return { changes, config };
      return { changes, config: await rooms.changeConfig(patchOfChanges(changes, 'to')) };
    },
  } satisfies Partial<Handlers>;
}
