import type { SettingChange } from '../../../shared/model/settings-file.ts';
import { settingsFields } from './settings-fields.ts';
import { type SettingValue, settingInWords } from './settings-words.ts';

export interface ChangeInWords {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** A change of an import the way the screen speaks of settings: the field's own name, values with their unit. */
export function changeInWords({ path, from, to }: SettingChange): ChangeInWords {
  const parts = path.split('.');
  const skillId = parts[0] === 'overrides' ? parts[1] : undefined;
  const [section, key] = parts.slice(-2);
  const field = settingsFields.find((one) => one.section === section && one.key === key);
  const value = (side: unknown): string => {
    if (side === null) return 'inherited';
    return field !== undefined && isSettingValue(side) ? settingInWords(field, side) : JSON.stringify(side);
  };
  const label = field?.label ?? path;
  return { label: skillId === undefined ? label : `${label}, ${skillId}`, from: value(from), to: value(to) };
}

function isSettingValue(value: unknown): value is SettingValue {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
}
