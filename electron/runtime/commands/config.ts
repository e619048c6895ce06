import { CommandError } from '../../../shared/contract/index.ts';
import type { AppConfigPatch } from '../../../shared/model/config.ts';
import { isLoopbackHost } from '../../../shared/model/loopback.ts';
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
      if (patch.skills?.folders !== undefined && context.trust !== 'operator') {
        // From a page come ids, never paths (DESIGN.md section 10). The desktop asks through a native dialog.
        throw new CommandError(
          'not_allowed',
          'Skills folders are not changed from a page. Use `skillward call config.patch` on the machine, or the folder dialog of the desktop app.',
        );
      }
      if (context.trust !== 'operator') {
        mustStayHere(patch.telemetry);
        mustNotOpen(patch.fleet);
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

/** What of the fleet a page may change: how this host is called, whether it shares fixes, and to let others do less. */
const FLEET_FROM_A_PAGE = new Set(['name', 'labels', 'shareFixes', 'role']);

/**
 * A page cannot take this host into a fleet, to another broker, or let others give it orders. Throws `CommandError`
 * `not_allowed`.
 */
function mustNotOpen(fleet: AppConfigPatch['fleet']): void {
  if (fleet === undefined) return;
  const given = Object.entries(fleet).filter(([, value]) => value !== undefined);
  const opens = given.some(([member]) => !FLEET_FROM_A_PAGE.has(member)) || fleet.role === 'operator';
  if (!opens) return;
  throw new CommandError(
    'not_allowed',
    'From a page only the name, the labels and the sharing of fixes are changed, and others allowed less here. Use `skillward fleet join` on the machine.',
  );
}

/**
 * A page turns metrics on and off; where they go is said on the machine: an address would make the host connect to it,
 * and a host name open it to the network. Back to the default is always allowed. Throws `CommandError` `not_allowed`.
 */
function mustStayHere(telemetry: AppConfigPatch['telemetry']): void {
  const { otlpEndpoint, prometheusHost } = telemetry ?? {};
  const elsewhere = typeof prometheusHost === 'string' && !isLoopbackHost(prometheusHost);
  if (!elsewhere && typeof otlpEndpoint !== 'string') return;
  throw new CommandError(
    'not_allowed',
    'Where metrics go is not changed from a page. Use `skillward call config.patch` on the machine.',
  );
}
