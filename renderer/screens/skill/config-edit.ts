import {
  type AppConfigPatch,
  appConfigPatchSchema,
  healthMonitorConfigSchema,
  restartConfigSchema,
} from '../../../shared/model/config.ts';
import type { ConfigRow, Unit } from './config-rows.ts';

/** What a unit is called behind a field. */
export const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  secs: 's',
  ms: 'ms',
  mebibytes: 'MB',
  count: '',
  percent: '%',
  switch: '',
};

/** What is wrong with a value for this rule, in one sentence; null when the host would take it. */
export function ruleProblem(row: Pick<ConfigRow, 'section' | 'key'>, value: unknown): string | null {
  const schema = row.section === 'health' ? healthMonitorConfigSchema : restartConfigSchema;
  if (value === '') return 'Enter a number.';
  const read = schema.safeParse({ [row.key]: value });
  if (read.success) return null;
  const issue = read.error.issues[0];
  switch (issue?.code) {
    case 'too_small':
      return `Must be at least ${issue.minimum}.`;
    case 'too_big':
      return `Must be at most ${issue.maximum}.`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'Enter a whole number.' : 'Enter a number.';
    default:
      return 'Not a value this rule can have.';
  }
}

/** The patch that gives one rule of one skill a value of its own, or with null lets it be inherited again. */
export function rulePatch(
  skillId: string,
  row: Pick<ConfigRow, 'section' | 'key'>,
  value: number | boolean | null,
): AppConfigPatch {
  return appConfigPatchSchema.parse({ overrides: { [skillId]: { [row.section]: { [row.key]: value } } } });
}
