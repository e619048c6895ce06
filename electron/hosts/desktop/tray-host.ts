import { execFile } from 'node:child_process';

const PROBE_TIMEOUT_MS = 1500;
const watcher = 'org.kde.StatusNotifierWatcher';
/** Each asks the session bus whether anybody shows tray icons; which of the programs there is depends on the system. */
const probes: readonly (readonly [string, readonly string[]])[] = [
  [
    'gdbus',
    [
      'call',
      '--session',
      '--dest=org.freedesktop.DBus',
      '--object-path=/org/freedesktop/DBus',
      '--method=org.freedesktop.DBus.NameHasOwner',
      watcher,
    ],
  ],
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      `string:${watcher}`,
    ],
  ],
];

/**
 * Whether a tray icon would be seen. macOS and Windows always show one; on Linux making one always succeeds, but many
 * desktops have nobody who shows it. Not knowing counts as no: the window then stays within reach.
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of probes) {
    const answer = await output(program, args);
    if (answer !== null) return answer.includes('true');
  }
  return false;
}

function output(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: PROBE_TIMEOUT_MS }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}
