import {
  type AppConfig,
  type HealthMonitorConfig,
  healthMonitorConfigSchema,
  type RestartConfig,
  restartConfigSchema,
} from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatCount } from '../../components/format.ts';

/** Where a value in force comes from. A skill's own settings win over its manifest, the manifest over the app. */
export type ConfigSource = 'skill-settings' | 'manifest' | 'app-settings' | 'default';

export interface ConfigRow {
  readonly section: 'health' | 'restart';
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** The same as it is stored, in the unit of its name. */
  readonly raw: number | boolean;
  readonly unit: Unit;
  readonly source: ConfigSource;
  /** What holds for skills that say nothing of their own; null when it is the same. */
  readonly appValue: string | null;
}

/** What a rule is measured in. */
export type Unit = 'secs' | 'ms' | 'mebibytes' | 'count' | 'percent' | 'switch';
type Field<Key> = readonly [key: Key, label: string, unit: Unit];

const HEALTH: readonly Field<keyof HealthMonitorConfig>[] = [
  ['checkIntervalSecs', 'Asked every', 'secs'],
  ['healthTimeoutSecs', 'Has to answer within', 'secs'],
  ['degradedAfterMs', 'Slow from', 'ms'],
  ['maxConsecutiveFailures', 'Quarantine after failures in a row', 'count'],
  ['maxFailuresInWindow', 'Quarantine after failures in the window', 'count'],
  ['failureWindowSecs', 'Length of the window', 'secs'],
  ['autoRestart', 'Restart by itself', 'switch'],
  ['autoQuarantine', 'Quarantine by itself', 'switch'],
  ['stableAfterSecs', 'Run counts as stable after', 'secs'],
];

const RESTART: readonly Field<keyof RestartConfig>[] = [
  ['firstDelaySecs', 'First delay', 'secs'],
  ['maxDelaySecs', 'Longest delay', 'secs'],
  ['jitterPercent', 'Random part of a delay', 'percent'],
  ['handshakeTimeoutSecs', 'Handshake within', 'secs'],
  ['stopGraceMs', 'Time to stop by itself', 'ms'],
  ['memoryLimitMb', 'Ended above a memory of', 'mebibytes'],
];

/** The health rules in force for a skill, and where each comes from. */
export function healthRows(skill: Skill, app: AppConfig): readonly ConfigRow[] {
  const own = app.overrides[skill.id]?.health ?? {};
  return rowsOf('health', HEALTH, skill.config.health, own, app.health, healthMonitorConfigSchema.parse({}));
}

/** The restart rules in force for a skill, and where each comes from. */
export function restartRows(skill: Skill, app: AppConfig): readonly ConfigRow[] {
  const own = app.overrides[skill.id]?.restart ?? {};
  return rowsOf('restart', RESTART, skill.config.restart, own, app.restart, restartConfigSchema.parse({}));
}

function rowsOf<Config extends HealthMonitorConfig | RestartConfig>(
  section: ConfigRow['section'],
  fields: readonly Field<keyof Config & string>[],
  inForce: Config,
  own: { readonly [Key in keyof Config]?: Config[Key] | undefined },
  app: Config,
  defaults: Config,
): readonly ConfigRow[] {
  return fields.map(([key, label, unit]) => ({
    section,
    key,
    label,
    raw: inForce[key] as number | boolean,
    unit,
    value: valueText(inForce[key], unit),
    source: sourceOf(inForce[key], own[key], app[key], defaults[key]),
    appValue: inForce[key] === app[key] ? null : valueText(app[key], unit),
  }));
}

function sourceOf(inForce: unknown, own: unknown, app: unknown, fallback: unknown): ConfigSource {
  if (own !== undefined) return 'skill-settings';
  // The host tells only what is in force: what neither settings nor app say, the manifest does.
  if (inForce !== app) return 'manifest';
  return app === fallback ? 'default' : 'app-settings';
}

function valueText(value: unknown, unit: Unit): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return '–';
  switch (unit) {
    case 'secs':
      return secsText(value);
    case 'ms':
      return value >= 1000 && value % 100 === 0 ? `${value / 1000} s` : `${formatCount(value)} ms`;
    case 'mebibytes':
      return value === 0 ? 'no limit' : `${formatCount(value)} MB`;
    case 'percent':
      return `${value} %`;
    case 'count':
    case 'switch':
      return formatCount(value);
  }
}

/** Exact, never rounded: `300 s` reads `5 min`, `90` stays `90 s`. */
function secsText(secs: number): string {
  if (secs >= 3600 && secs % 3600 === 0) return `${secs / 3600} h`;
  return secs >= 60 && secs % 60 === 0 ? `${secs / 60} min` : `${formatCount(secs)} s`;
}
