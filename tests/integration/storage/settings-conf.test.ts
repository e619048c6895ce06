import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../../electron/storage/settings.ts';
import { confSettings } from '../../../electron/storage/settings-conf.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import { freshFolder } from './fixtures.ts';

describe('confSettings', () => {
  it('has every change on disk, for its owner alone, when the call returns', () => {
    const folder = join(freshFolder(), 'data');
    confSettings(folder).patch({ health: { checkIntervalSecs: 2 }, skills: { folders: ['/a.b/c'] } });
    const file = join(folder, 'config.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      health: { checkIntervalSecs: 2 },
      skills: { folders: ['/a.b/c'] },
    });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = confSettings(folder);
    expect(again.get().health.checkIntervalSecs).toBe(2);
    expect(again.problem).toBeNull();
  });

  it.each([
    ['no JSON', '{"health": {'],
    ['empty', ''],
  ])('sets a file aside that is %s, and starts with the defaults', (_name, content) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'config.json'), content);
    const settings = confSettings(folder);
    expect(settings.get()).toEqual(appConfigSchema.parse({}));
    expect(settings.problem).toMatchObject({ code: 'settings_damaged' });
    const aside = readdirSync(folder).find((name) => name.startsWith('config.json.corrupt-')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(content);
    settings.patch({ general: { theme: 'dark' } });
    expect(confSettings(folder).get().general.theme).toBe('dark');
  });

  it('is readable but not changeable where nothing can be written', () => {
    const folder = join(freshFolder(), 'data');
    writeFileSync(folder, 'a file where the folder should be');
    const settings = confSettings(folder);
    expect(settings.problem).toMatchObject({ code: 'settings_unwritable' });
    expect(settings.get()).toEqual(appConfigSchema.parse({}));
    expect(() => settings.patch({ general: { theme: 'dark' } })).toThrowError(SettingsError);
    expect(settings.get().general.theme).toBe('system');
  });
});
