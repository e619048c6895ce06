import { settingsFrom } from '../../../electron/storage/settings.ts';
import { CommandError } from '../../../shared/contract/index.ts';
import type { AppConfigPatch } from '../../../shared/model/config.ts';
import {
  patchOfChanges,
  readSettingsFile,
  settingChanges,
  settingsFileOf,
} from '../../../shared/model/settings-file.ts';
import type { Handlers } from './handlers.ts';
import type { World } from './world.ts';

/** Settings by the host's own rules, over nothing; what the machine offers is made up. */
export function settingsHandlers(
  world: World,
): Pick<
  Handlers,
  'config.get' | 'config.patch' | 'config.export' | 'config.import' | 'host.environment' | 'notification.test'
> {
  function patched(patch: AppConfigPatch) {
    const store = settingsFrom({ read: () => world.config, write: () => undefined }, { nowMs: Date.now });
    world.config = store.patch(patch);
    world.publish('config.changed', { config: world.config });
    return world.config;
  }
  return {
    'config.get': () => ({ config: world.config }),
    'config.patch': (patch) => ({ config: patched(patch) }),
    'config.export': () => settingsFileOf(world.config),
    'config.import': ({ file, mode }) => {
      const read = readSettingsFile(file);
      if (!read.ok) {
        const [first] = read.issues;
        throw new CommandError('invalid_payload', `${first?.path}: ${first?.message}.`, {
          issues: read.issues,
        });
      }
      const changes = settingChanges(world.config, read.given);
      if (mode === 'preview') return { changes, config: world.config };
      return { changes, config: patched(patchOfChanges(changes, 'to')) };
    },
    'host.environment': () => ({
      python: { path: '/usr/bin/python3', version: '3.13.1' },
      uv: null,
      pythonProblem: null,
      skillsFolders: world.config.skills.folders.map((path) => ({
        path,
        skills: world.skills.size,
        problem: null,
      })),
      installFolder: '~/.local/share/skillward/packages',
    }),
    'notification.test': () => {
      const notice = {
        id: world.notices.length + 1,
        at: Date.now(),
        level: 'info' as const,
        title: 'A test of Skillward',
        body: 'You asked for it in the settings. When a skill needs you, you hear of it like this.',
        skillId: null,
      };
      world.notices.unshift(notice);
      world.publish('notification', { notice });
      return { notice };
    },
  };
}
