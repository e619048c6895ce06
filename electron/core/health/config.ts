import {
  type AppConfig,
  type HealthMonitorConfig,
  healthMonitorConfigSchema,
  type RestartConfig,
  restartConfigSchema,
  type SkillOverride,
} from '../../../shared/model/config.ts';

/** The defaults of DESIGN.md §4, as the shared schema states them. */
export const defaultHealthMonitorConfig: Readonly<HealthMonitorConfig> = Object.freeze(
  healthMonitorConfigSchema.parse({}),
);
export const defaultRestartConfig: Readonly<RestartConfig> = Object.freeze(restartConfigSchema.parse({}));

/** What is in force for one skill. */
export interface SkillConfig {
  readonly health: HealthMonitorConfig;
  readonly restart: RestartConfig;
}

/**
 * The effective values of one skill, member by member: the app's, then the manifest's `[health]` and `[restart]`,
 * then the settings of this skill; the later one wins (DESIGN.md §4). A member nobody knows is not taken over.
 */
export function resolveSkillConfig(
  app: Pick<AppConfig, 'health' | 'restart'>,
  manifest: SkillOverride | undefined,
  settings: SkillOverride | undefined,
): SkillConfig {
  return {
    health: overlay(app.health, manifest?.health, settings?.health),
    restart: overlay(app.restart, manifest?.restart, settings?.restart),
  };
}

type PatchOf<T> = { readonly [Key in keyof T]?: T[Key] | undefined } | undefined;

function overlay<T extends object>(base: T, ...patches: readonly PatchOf<T>[]): T {
  const merged = { ...base };
  for (const patch of patches) {
    if (patch === undefined) continue;
    for (const key of Object.keys(base) as (keyof T)[]) {
      const value = Object.hasOwn(patch, key) ? patch[key] : undefined;
      if (value !== undefined) merged[key] = value;
    }
  }
  return merged;
}
