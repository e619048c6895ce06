import type { SettingsField, SettingsUnit } from './settings-fields.ts';

export type SettingValue = number | boolean | string;

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

/** A value with its unit, the way the screen shows it: `300 s`, `30 days`, `on`, `2,048 KiB`. */
export function settingInWords(field: SettingsField, value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  if (field.kind !== 'number') return String(value);
  const amount = number.format(value / unitSize(field.unit));
  switch (field.unit) {
    case 'count':
      return amount;
    case '%':
      return `${amount} %`;
    case 'days':
      return days(value);
    default:
      return `${amount} ${field.unit}`;
  }
}

/** A second reading of a number that is hard to picture: `5 min` for 300 s. Null where it would say the same. */
export function easierReading(field: SettingsField, value: number): string | null {
  if (field.kind !== 'number') return null;
  if (field.unit === 'KiB' && value >= 1_048_576) return `${number.format(round(value / 1_048_576))} MiB`;
  if (field.unit === 'days' && value >= 365) return `about ${years(round(value / 365.25))}`;
  if (field.unit !== 's' && field.unit !== 'ms') return null;
  const secs = field.unit === 's' ? value : value / 1000;
  if (secs >= 86_400) return days(round(secs / 86_400));
  if (secs >= 3600) return `${number.format(round(secs / 3600))} h`;
  if (secs >= 60) return `${number.format(round(secs / 60))} min`;
  if (field.unit === 'ms' && secs >= 1) return `${number.format(round(secs))} s`;
  return null;
}

/** Wire units in one shown unit. */
export function unitSize(unit: SettingsUnit): number {
  return unit === 'KiB' ? 1024 : 1;
}

function days(amount: number): string {
  return `${number.format(amount)} ${amount === 1 ? 'day' : 'days'}`;
}

function years(amount: number): string {
  return `${number.format(amount)} ${amount === 1 ? 'year' : 'years'}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
