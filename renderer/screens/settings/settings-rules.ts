import { z } from 'zod';
import {
  adviceConfigSchema,
  fleetConfigSchema,
  generalConfigSchema,
  healthMonitorConfigSchema,
  notificationsConfigSchema,
  restartConfigSchema,
  retentionConfigSchema,
  telemetryConfigSchema,
} from '../../../shared/model/config.ts';
import type { SettingsField, SettingsSection } from './settings-fields.ts';
import { easierReading, type SettingValue, settingInWords } from './settings-words.ts';

/** What the schema says about one member. `min` and `max` are wire units. */
export interface SettingRule {
  readonly fallback: SettingValue;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

const sectionSchemas = {
  general: generalConfigSchema,
  health: healthMonitorConfigSchema,
  restart: restartConfigSchema,
  notifications: notificationsConfigSchema,
  retention: retentionConfigSchema,
  advice: adviceConfigSchema,
  fleet: fleetConfigSchema,
  telemetry: telemetryConfigSchema,
} as const satisfies Record<SettingsSection, z.ZodType>;

const memberSchema = z.object({
  /** Lists and tables have rows of their own and no rule. */
  default: z.union([z.number(), z.boolean(), z.string(), z.null()]).catch(null),
  /** Absent where a member may be of several types. */
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const membersSchema = z.object({ properties: z.record(z.string(), memberSchema) });
const rules = Object.fromEntries(
  Object.entries(sectionSchemas).map(([section, schema]) => [
    section,
    membersSchema.parse(z.toJSONSchema(schema, { io: 'input' })).properties,
  ]),
);

/** Range and default of a field, read from the schema of the config so that the two cannot disagree. */
export function ruleOf(field: SettingsField): SettingRule {
  const member = rules[field.section]?.[field.key];
  if (member === undefined || member.default === null)
    throw new TypeError(`no setting ${field.section}.${field.key}`);
  return {
    fallback: member.default,
    min: member.minimum ?? Number.NEGATIVE_INFINITY,
    max: member.maximum ?? Number.POSITIVE_INFINITY,
    integer: member.type === 'integer',
  };
}

/** Every member the schema of a section knows. */
export function membersOf(section: SettingsSection): readonly string[] {
  return Object.keys(sectionSchemas[section].shape);
}

/** What is wrong with a typed value (wire units), as a sentence to stand under the field; null when it can be saved. */
export function problemWith(field: SettingsField, value: SettingValue): string | null {
  if (field.kind === 'text') {
    const read = sectionSchemas[field.section].safeParse({ [field.key]: value });
    return read.success ? null : `Must be ${read.error.issues[0]?.message ?? 'another text'}.`;
  }
  if (field.kind !== 'number') return null;
  const { min, max, integer } = ruleOf(field);
  if (typeof value !== 'number' || !Number.isFinite(value)) return `Enter a number ${rangeInWords(field)}.`;
  if (value < min || value > max) return `Must be ${rangeInWords(field)}.`;
  return integer && !Number.isInteger(value) ? 'Enter a whole number.' : null;
}

/** The range of a number field: `from 1 s to 600 s`; bounds of a day and more in days, `from 1 s to 30 days`. */
export function rangeInWords(field: SettingsField): string {
  const { min, max } = ruleOf(field);
  return `from ${bound(field, min)} to ${bound(field, max)}`;
}

function bound(field: SettingsField, value: number): string {
  const easier = field.kind === 'number' && field.unit === 's' ? easierReading(field, value) : null;
  return easier !== null && value >= 86_400 ? easier : settingInWords(field, value);
}
