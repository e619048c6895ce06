import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SettingsBacking, SettingsError, settingsFrom } from '../../../electron/storage/settings.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';

const nowMs = () => 1000;

function memory(value?: unknown): SettingsBacking & { value: unknown; writes: number } {
  return {
    value,
    writes: 0,
    read() {
      return this.value;
    },
    write(next) {
      this.value = next;
      this.writes += 1;
    },
  };
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof SettingsError ? error.code : 'another error';
  }
  return undefined;
}

describe('settingsFrom', () => {
  it('starts with the defaults and stores only what was set', () => {
    const backing = memory();
    const settings = settingsFrom(backing, { nowMs });
    expect(settings.get()).toEqual(appConfigSchema.parse({}));
    settings.patch({ health: { checkIntervalSecs: 2 } });
    expect(settings.get().health).toMatchObject({ checkIntervalSecs: 2, healthTimeoutSecs: 10 });
    expect(backing.value).toEqual({ health: { checkIntervalSecs: 2 } });
    expect(settings.problem).toBeNull();
  });

  it('merges deep, replaces lists, removes an override given as null', () => {
    const settings = settingsFrom(memory({ skills: { folders: ['a', 'b'] } }), { nowMs });
    settings.patch({ overrides: { weather: { health: { checkIntervalSecs: 5 } } } });
    settings.patch({
      overrides: { weather: { health: { healthTimeoutSecs: 3 } } },
      skills: { folders: ['c'] },
    });
    expect(settings.get().overrides.weather).toEqual({
      health: { checkIntervalSecs: 5, healthTimeoutSecs: 3 },
    });
    expect(settings.get().skills.folders).toEqual(['c']);
    settings.patch({ overrides: { weather: null } });
    expect(settings.get().overrides).toEqual({});
  });

  it('takes single members back: to the default, or to inherited, and leaves no empty shell', () => {
    const backing = memory({
      health: { checkIntervalSecs: 7, healthTimeoutSecs: 3 },
      overrides: { weather: { health: { checkIntervalSecs: 5, autoRestart: false } } },
    });
    const settings = settingsFrom(backing, { nowMs });
    settings.patch({
      health: { checkIntervalSecs: null },
      overrides: { weather: { health: { autoRestart: null } } },
    });
    expect(settings.get().health).toMatchObject({ checkIntervalSecs: 300, healthTimeoutSecs: 3 });
    expect(settings.get().overrides.weather).toEqual({ health: { checkIntervalSecs: 5 } });
    settings.patch({ overrides: { weather: { health: { checkIntervalSecs: null } } } });
    expect(settings.get().overrides).toEqual({});
    expect(backing.value).toEqual({ health: { healthTimeoutSecs: 3 } });
  });

  it('refuses what the schema refuses and changes nothing', () => {
    const backing = memory({ health: { checkIntervalSecs: 7 } });
    const settings = settingsFrom(backing, { nowMs });
    const before = settings.get();
    const bad: unknown[] = [
      { health: { checkIntervalSecs: 0 } },
      { health: { unknownMember: 1 } },
      { nowhere: {} },
      { health: 3 },
      null,
    ];
    for (const patch of bad) expect(codeOf(() => settings.patch(patch as never))).toBe('invalid_payload');
    expect(settings.get()).toBe(before);
    expect(backing.writes).toBe(0);
  });

  it('changes nothing when the disk refuses', () => {
    const settings = settingsFrom(
      {
        read: () => ({}),
        write: () => {
          throw new Error('no space');
        },
      },
      { nowMs },
    );
    const heard: unknown[] = [];
    settings.onChange((config) => heard.push(config));
    expect(codeOf(() => settings.patch({ general: { theme: 'dark' } }))).toBe('unavailable');
    expect(settings.get().general.theme).toBe('system');
    expect(heard).toEqual([]);
  });

  it('tells listeners until they leave', () => {
    const settings = settingsFrom(memory(), { nowMs });
    const heard: string[] = [];
    const leave = settings.onChange((config) => heard.push(config.general.theme));
    settings.patch({ general: { theme: 'dark' } });
    leave();
    settings.patch({ general: { theme: 'light' } });
    expect(heard).toEqual(['dark']);
  });

  it('keeps every usable member of a damaged file and names the others', () => {
    const stored = {
      health: { checkIntervalSecs: 'often', healthTimeoutSecs: 4 },
      future: { x: 1 },
      general: 5,
    };
    const settings = settingsFrom(memory(stored), { nowMs });
    expect(settings.get().health).toMatchObject({ checkIntervalSecs: 300, healthTimeoutSecs: 4 });
    expect(settings.problem).toMatchObject({ code: 'settings_damaged', level: 'warning' });
    for (const name of ['health.checkIntervalSecs', 'future.x', 'general']) {
      expect(settings.problem?.message).toContain(name);
    }
  });

  it('is not fooled by inherited names', () => {
    const settings = settingsFrom(memory(), { nowMs });
    const patch = JSON.parse('{"overrides":{"__proto__":{"health":{"checkIntervalSecs":1}}}}');
    try {
      settings.patch(patch);
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
    }
    expect(Object.getPrototypeOf(settings.get().overrides)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).health).toBeUndefined();
  });

  it('survives any stored value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const config = settingsFrom(memory(value), { nowMs }).get();
        expect(appConfigSchema.safeParse(config).success).toBe(true);
      }),
    );
  });
});
