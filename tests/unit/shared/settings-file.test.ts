import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../../electron/storage/settings.ts';
import { type AppConfig, type AppConfigPatch, appConfigSchema } from '../../../shared/model/config.ts';
import {
  patchOfChanges,
  readSettingsFile,
  settingChanges,
  settingsFileOf,
  settingsFileSchema,
} from '../../../shared/model/settings-file.ts';

const defaults = appConfigSchema.parse({});

function storeWith(value: object) {
  let stored: unknown = value;
  return settingsFrom(
    {
      read: () => stored,
      write: (next) => {
        stored = next;
      },
    },
    { nowMs: () => 0 },
  );
}

/** What a person sees of an import: the changes, and the config after them. */
function imported(config: AppConfig, file: unknown) {
  const read = readSettingsFile(file);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const changes = settingChanges(config, read.given);
  const store = storeWith(config);
  return { changes, config: store.patch(patchOfChanges(changes, 'to')), store };
}

const configs: fc.Arbitrary<AppConfigPatch> = fc.record(
  {
    health: fc.record(
      { checkIntervalSecs: fc.integer({ min: 1, max: 900 }), autoRestart: fc.boolean() },
      { requiredKeys: [] },
    ),
    notifications: fc.record(
      { quietHours: fc.boolean(), quietFrom: fc.constantFrom('21:00', '23:30') },
      { requiredKeys: [] },
    ),
    general: fc.record({ theme: fc.constantFrom('dark', 'light'), firstRunDone: fc.boolean() }),
    skills: fc.record({ folders: fc.array(fc.constantFrom('/a', '/b')) }),
    overrides: fc.dictionary(
      fc.constantFrom('weather', 'mail', '__proto__', 'constructor'),
      fc.record({
        health: fc.record({ checkIntervalSecs: fc.integer({ min: 1, max: 99 }) }),
      }),
    ),
  },
  { requiredKeys: [] },
);

describe('a settings file', () => {
  it('holds every setting but folders, a moment and a consent', () => {
    const config = appConfigSchema.parse({
      skills: { folders: ['/home/somebody/skills'] },
      general: { firstRunDone: true, theme: 'dark' },
      notifications: { mutedUntil: 99 },
      advice: { consentedPreview: true },
    });
    const file = settingsFileOf(config);
    expect(settingsFileSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(JSON.stringify(file)).not.toContain('somebody');
    expect(file.settings.general).toMatchObject({ theme: 'dark', firstRunDone: false });
    expect(file.settings.notifications.mutedUntil).toBeNull();
    expect(file.settings.advice.consentedPreview).toBe(false);
  });

  it('brings any settings to any machine, and back', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(configs, configs, (mine, theirs) => {
        const before = storeWith(mine).get();
        const source = storeWith(theirs).get();
        const { changes, config, store } = imported(
          before,
          JSON.parse(JSON.stringify(settingsFileOf(source))),
        );
        expect(settingsFileOf(config)).toEqual(settingsFileOf(source));
        expect(config.skills).toEqual(before.skills);
        expect(config.general.firstRunDone).toBe(before.general.firstRunDone);
        store.patch(patchOfChanges(changes, 'from'));
        expect(store.get()).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('changes nothing it does not name', () => {
    const mine = appConfigSchema.parse({
      health: { checkIntervalSecs: 7 },
      overrides: { mail: { restart: { maxDelaySecs: 9 } } },
    });
    const file = { ...settingsFileOf(defaults), settings: { general: { clock: 'utc' } } };
    const { changes, config } = imported(mine, file);
    expect(changes).toEqual([{ path: 'general.clock', from: 'local', to: 'utc' }]);
    expect(config.health.checkIntervalSecs).toBe(7);
    expect(config.overrides).toEqual(mine.overrides);
  });

  it('takes overrides away that it does not have', () => {
    const mine = appConfigSchema.parse({ overrides: { mail: { restart: { maxDelaySecs: 9 } } } });
    const { changes, config } = imported(mine, settingsFileOf(defaults));
    expect(changes).toEqual([{ path: 'overrides.mail.restart.maxDelaySecs', from: 9, to: null }]);
    expect(config.overrides).toEqual({});
  });

  it('never brings a folder or a consent', () => {
    const hostile = {
      ...settingsFileOf(defaults),
      settings: {
        skills: { folders: ['/tmp/evil'] },
        advice: { baseUrl: 'https://elsewhere.example/v1', consentedPreview: true },
      },
    };
    const { changes, config } = imported(defaults, hostile);
    expect(changes.map(({ path }) => path)).toEqual(['advice.baseUrl']);
    expect(config.skills.folders).toEqual([]);
    expect(config.advice.consentedPreview).toBe(false);
  });

  it.each([
    [null, 'format'],
    ['text', 'format'],
    [{ format: 'other' }, 'format'],
    [{ format: 'skillward-settings', version: 2, settings: {} }, 'version'],
    [{ format: 'skillward-settings', version: 1 }, 'settings'],
    [
      { format: 'skillward-settings', version: 1, settings: { health: { checkIntervalSecs: 0 } } },
      'settings.health.checkIntervalSecs',
    ],
    [{ format: 'skillward-settings', version: 1, settings: { nowhere: {} } }, 'settings'],
    [
      { format: 'skillward-settings', version: 1, settings: { overrides: { 'A b': { health: {} } } } },
      'settings.overrides.A b',
    ],
  ])('that is none is refused with the place: %j', (file, path) => {
    const read = readSettingsFile(file);
    expect(read.ok ? [] : read.issues.map((issue) => issue.path)).toContain(path);
  });

  it('may be anything', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readSettingsFile(value)));
    fc.assert(
      fc.property(fc.object(), (settings) => {
        const read = readSettingsFile({ format: 'skillward-settings', version: 1, settings });
        if (read.ok) patchOfChanges(settingChanges(defaults, read.given), 'to');
      }),
    );
  });
});
