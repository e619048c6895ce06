import { describe, expect, it } from 'vitest';
import {
  overrideFields,
  type SettingsField,
  type SettingsSection,
  settingsFields,
  settingsSections,
} from '../../../renderer/screens/settings/settings-fields.ts';
import {
  membersOf,
  problemWith,
  rangeInWords,
  ruleOf,
} from '../../../renderer/screens/settings/settings-rules.ts';
import {
  originOf,
  overrideOf,
  overridePatchFor,
  patchFor,
  readSetting,
} from '../../../renderer/screens/settings/settings-values.ts';
import { easierReading, settingInWords } from '../../../renderer/screens/settings/settings-words.ts';
import { appConfigPatchSchema, appConfigSchema } from '../../../shared/model/config.ts';

const config = appConfigSchema.parse({});
/** Kept by the app itself, nothing a person sets. */
const notShown: Partial<Record<SettingsSection, readonly string[]>> = {
  general: ['closeExplained', 'firstRunDone'],
  // Set by a row of its own, by the bell and by the tray.
  notifications: ['mutedUntil'],
  // Given in the dialog that shows what is sent, never in the blind.
  advice: ['consentedPreview'],
  // Said on the machine, never in a page; labels and role have rows of their own.
  fleet: ['enabled', 'servers', 'auth', 'user', 'caFile', 'labels', 'role'],
  telemetry: ['prometheusHost', 'otlpEndpoint'],
};

function field(section: SettingsSection, key: string): SettingsField {
  const found = settingsFields.find((candidate) => candidate.section === section && candidate.key === key);
  if (found === undefined) throw new Error(`no field ${section}.${key}`);
  return found;
}

describe('the table of settings', () => {
  it.each(settingsSections.map(({ section }) => section))('has every member of %s once', (section) => {
    const shown = settingsFields.filter((candidate) => candidate.section === section).map(({ key }) => key);
    const known = membersOf(section).filter((key) => notShown[section]?.includes(key) !== true);
    expect(shown.toSorted()).toEqual(known.toSorted());
  });

  it.each(settingsFields.map((one) => [`${one.section}.${one.key}`, one] as const))(
    '%s has a kind that fits its schema, a readable default and a patch the contract takes',
    (_name, one) => {
      const { fallback, min, max } = ruleOf(one);
      expect(typeof fallback).toBe(
        { number: 'number', switch: 'boolean', choice: 'string', text: 'string' }[one.kind],
      );
      expect(readSetting(config, one)).toBe(fallback);
      expect(appConfigPatchSchema.safeParse(patchFor(one, fallback)).success).toBe(true);
      expect(patchFor(one, null)).toEqual({ [one.section]: { [one.key]: null } });
      expect(problemWith(one, fallback)).toBeNull();
      if (one.kind === 'number') {
        expect(Number.isFinite(min)).toBe(true);
        expect(Number.isFinite(max)).toBe(true);
      }
    },
  );

  it('offers per skill only what an override can hold', () => {
    for (const one of overrideFields) {
      const value = ruleOf(one).fallback;
      const overrides = { s: { [one.section]: { [one.key]: value } } };
      expect(appConfigPatchSchema.safeParse({ overrides }).success).toBe(true);
    }
    expect(overrideFields.map(({ key }) => key)).not.toContain('maxConcurrentChecks');
  });
});

describe('what a person types', () => {
  it('is explained where it is wrong', () => {
    const timeout = field('health', 'healthTimeoutSecs');
    expect(problemWith(timeout, 0)).toBe('Must be from 1 s to 600 s.');
    expect(problemWith(timeout, 601)).toBe('Must be from 1 s to 600 s.');
    expect(problemWith(timeout, '')).toBe('Enter a number from 1 s to 600 s.');
    expect(problemWith(timeout, Number.NaN)).toContain('Enter a number');
    expect(problemWith(timeout, 1.5)).toBeNull();
    expect(problemWith(field('health', 'maxConsecutiveFailures'), 2.5)).toBe('Enter a whole number.');
  });

  it('may be a time of day, and nothing else', () => {
    const quiet = field('notifications', 'quietFrom');
    expect(problemWith(quiet, '23:05')).toBeNull();
    for (const wrong of ['24:00', '7:00', '22:60', 'late', ''])
      expect(problemWith(quiet, wrong)).toBe('Must be a time of day, for example 22:00.');
  });

  it('is shown in the unit people think in', () => {
    expect(settingInWords(field('retention', 'logFileBytes'), 2_097_152)).toBe('2,048 KiB');
    expect(rangeInWords(field('retention', 'logFileBytes'))).toBe('from 64 KiB to 102,400 KiB');
    expect(settingInWords(field('retention', 'rawCheckDays'), 1)).toBe('1 day');
    expect(settingInWords(field('health', 'autoRestart'), false)).toBe('off');
  });

  it('has an easier reading only where it helps', () => {
    const interval = field('health', 'checkIntervalSecs');
    expect(easierReading(interval, 45)).toBeNull();
    expect(easierReading(interval, 300)).toBe('5 min');
    expect(easierReading(interval, 5400)).toBe('1.5 h');
    expect(easierReading(interval, 86_400)).toBe('1 day');
    expect(easierReading(field('health', 'degradedAfterMs'), 5000)).toBe('5 s');
    expect(easierReading(field('retention', 'logFileBytes'), 2_097_152)).toBe('2 MiB');
    expect(easierReading(field('health', 'maxConsecutiveFailures'), 400)).toBeNull();
  });
});

describe('overrides of one skill', () => {
  const interval = field('health', 'checkIntervalSecs');

  it('change one member and nothing else, or let it be inherited again', () => {
    expect(overridePatchFor('mail', interval, 2)).toEqual({
      overrides: { mail: { health: { checkIntervalSecs: 2 } } },
    });
    expect(overridePatchFor('mail', interval, null)).toEqual({
      overrides: { mail: { health: { checkIntervalSecs: null } } },
    });
  });

  it('do not take a member that is explicitly undefined for a value', () => {
    const override = { health: { checkIntervalSecs: undefined, autoRestart: false } };
    expect(originOf(interval, config, override, 300)).toBe('app');
  });

  it('of a skill with an odd name are its own, not inherited from the language', () => {
    expect(overrideOf(config, 'constructor')).toBeUndefined();
  });

  it('say where an effective value comes from', () => {
    expect(originOf(interval, config, { health: { checkIntervalSecs: 2 } }, 2)).toBe('own');
    expect(originOf(interval, config, undefined, 5)).toBe('manifest');
    expect(originOf(interval, config, undefined, 300)).toBe('app');
    expect(originOf(interval, config, undefined, undefined)).toBe('app');
  });
});
