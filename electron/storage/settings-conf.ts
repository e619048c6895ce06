import { join } from 'node:path';
import Conf from 'conf';
import { FILE_MODE } from './files.ts';
import type { SettingsStore } from './settings.ts';
import { fileSettings } from './settings-file.ts';

/** The settings of a host without Electron: `<dataDir>/config.json`, the file the desktop uses too. */
export function confSettings(dataDir: string): SettingsStore {
  return fileSettings(
    join(dataDir, 'config.json'),
    () =>
      new Conf<Record<string, unknown>>({
        cwd: dataDir,
        configName: 'config',
        accessPropertiesByDotNotation: false,
        configFileMode: FILE_MODE,
      }),
  );
}
