import {
  type AppConfig,
  type AppConfigPatch,
  appConfigPatchSchema,
  type SkillOverride,
  skillOverrideSchema,
} from '../../../shared/model/config.ts';
import type { SettingsField, SettingsSection } from './settings-fields.ts';
import type { SettingValue } from './settings-words.ts';

/** The present value of a field, in wire units. */
export function readSetting(
  config: Readonly<Record<SettingsSection, object>> | SkillOverride,
  field: SettingsField,
): SettingValue | undefined {
  const section: unknown = Reflect.get(config, field.section);
  if (typeof section !== 'object' || section === null) return undefined;
  const value: unknown = Reflect.get(section, field.key);
  return isSettingValue(value) ? value : undefined;
}

/** A skill's own settings. Own members only: a skill may be called `constructor`. */
export function overrideOf(config: AppConfig, skillId: string): SkillOverride | undefined {
  return Object.hasOwn(config.overrides, skillId) ? config.overrides[skillId] : undefined;
}

/** The smallest patch that sets one field of the app. */
export function patchFor(field: SettingsField, value: SettingValue): AppConfigPatch {
  return appConfigPatchSchema.parse({ [field.section]: { [field.key]: value } });
}

/** A skill's override with one field set, or, with `undefined`, inherited again. Null when nothing is left of it. */
export function overrideWith(
  override: SkillOverride | undefined,
  field: SettingsField,
  value: SettingValue | undefined,
): SkillOverride | null {
  const sections = new Map<string, Record<string, unknown>>();
  for (const section of ['health', 'restart'] as const) {
    const own: [string, SettingValue | undefined][] = Object.entries(override?.[section] ?? {});
    const members = own.filter(
      ([key, member]) => member !== undefined && !(section === field.section && key === field.key),
    );
    if (section === field.section && value !== undefined) members.push([field.key, value]);
    if (members.length > 0) sections.set(section, Object.fromEntries(members));
  }
  if (sections.size === 0) return null;
  return skillOverrideSchema.parse(Object.fromEntries(sections));
}

/**
 * What to send, in order, so that a skill's override becomes `next`. A patch is merged member by member, and only a
 * whole override can be taken away (null): dropping one member means taking all away and setting the rest again.
 */
export function overrideSteps(
  present: SkillOverride | undefined,
  next: SkillOverride | null,
): readonly (SkillOverride | null)[] {
  if (next === null) return present === undefined ? [] : [null];
  const drops = (['health', 'restart'] as const).some((section) =>
    Object.entries(present?.[section] ?? {}).some(
      ([key, member]) => member !== undefined && !Object.hasOwn(next[section] ?? {}, key),
    ),
  );
  return drops ? [null, next] : [next];
}

/** Where a skill's effective value comes from. */
export type ValueOrigin = 'own' | 'manifest' | 'app';

/** `own` when the settings override it, `manifest` when it still differs from the app's value, else `app`. */
export function originOf(
  field: SettingsField,
  app: AppConfig,
  override: SkillOverride | undefined,
  effective: SettingValue | undefined,
): ValueOrigin {
  if (override !== undefined && readSetting(override, field) !== undefined) return 'own';
  return effective !== undefined && effective !== readSetting(app, field) ? 'manifest' : 'app';
}

function isSettingValue(value: unknown): value is SettingValue {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
}
