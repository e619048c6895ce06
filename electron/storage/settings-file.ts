import { existsSync } from 'node:fs';
import type { HostNotice } from '../../shared/model/runtime.ts';
import { diskTroubleOf } from './database.ts';
import { FILE_MODE, restrict, setAside } from './files.ts';
import { notice, troubleWords } from './notices.ts';
import { type SettingsStore, settingsFrom } from './settings.ts';

/** What `conf` and its desktop child `electron-store` have in common: the whole file as one value, written atomically. */
export interface JsonFile {
  store: Record<string, unknown>;
}

/**
 * Settings in the JSON file at `file`, opened by `open`. A file that is no JSON is set aside, never deleted, and the
 * defaults are in force; where nothing can be written the settings are readable and every change is `unavailable`.
 */
export function fileSettings(
  file: string,
  open: () => JsonFile,
  nowMs: () => number = Date.now,
): SettingsStore {
  let problem: HostNotice | null = null;
  let json: JsonFile | undefined;
  try {
    if (existsSync(file)) restrict(file, FILE_MODE);
    json = openOrUndefined(open);
    if (json === undefined) {
      const aside = setAside(file, nowMs());
      const message = `The settings file could not be read. It was set aside as ${aside}; the defaults are in force.`;
      problem = notice(nowMs(), 'warning', 'settings_damaged', message);
      json = open();
    }
  } catch (error) {
    const trouble = diskTroubleOf(error);
    if (trouble === null) throw error;
    const message = `The settings in ${file} cannot be changed, ${troubleWords[trouble]}.`;
    problem = notice(nowMs(), 'warning', 'settings_unwritable', message);
  }
  return settingsFrom(
    {
      read: () => (json === undefined ? undefined : { ...json.store }),
      write: (value) => {
        json ??= open();
        json.store = { ...value };
      },
    },
    { nowMs, problem },
  );
}

/** Undefined for a file that is there and is no JSON. */
function openOrUndefined(open: () => JsonFile): JsonFile | undefined {
  try {
    const json = open();
    // Both libraries read the file again at every access: the first one tells whether it can be read at all.
    return typeof json.store === 'object' ? json : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
