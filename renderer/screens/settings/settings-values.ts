import {
  type AppConfig,
  type AppConfigPatch,
  appConfigPatchSchema,
  type SkillOverride,
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

/** The smallest patch that sets one field of the app; null puts it back to its default. */
export function patchFor(field: SettingsField, value: SettingValue | null): AppConfigPatch {
  return appConfigPatchSchema.parse({ [field.section]: { [field.key]: value } });
}

/** The smallest patch that sets one field for one skill; null lets it be inherited again. */
export function overridePatchFor(
  skillId: string,
  field: SettingsField,
  value: SettingValue | null,
): AppConfigPatch {
  return appConfigPatchSchema.parse({
    overrides: { [skillId]: { [field.section]: { [field.key]: value } } },
  });
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
