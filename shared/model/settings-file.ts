import { z } from 'zod';
import { type AppConfig, type AppConfigPatch, appConfigPatchSchema, appConfigSchema } from './config.ts';
import { skillIdSchema } from './primitives.ts';

export const SETTINGS_FILE_FORMAT = 'skillward-settings';
/** Raised when an older program could not make sense of the file any more. */
export const SETTINGS_FILE_VERSION = 1;
/** Settings are a few kilobytes; more is another file, bytes. */
export const MAX_SETTINGS_FILE_BYTES = 1_048_576;

const settingsSchema = appConfigSchema.omit({ skills: true, fleet: true, telemetry: true });

/**
 * Settings as they travel between machines. Skills folders are left out: they are paths of one machine. So is the fleet:
 * its servers, the name of this host and what others may do here are nothing to take elsewhere, or to be handed in a file.
 * Nor is where metrics go.
 */
export const settingsFileSchema = z.object({
  format: z.literal(SETTINGS_FILE_FORMAT),
  version: z.literal(SETTINGS_FILE_VERSION),
  settings: settingsSchema,
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;

/**
 * One value an import would change; `path` is written as in the file: `health.checkIntervalSecs`. Null stands for
 * "inherited" in an override.
 */
export const settingChangeSchema = z.object({ path: z.string(), from: z.unknown(), to: z.unknown() });
export type SettingChange = z.infer<typeof settingChangeSchema>;

/** What is about one moment or one person's word, not a choice to take elsewhere. A consent is given, never imported. */
const STAYS_HERE: ReadonlySet<string> = new Set([
  'general.closeExplained',
  'general.firstRunDone',
  'notifications.mutedUntil',
  'advice.consentedPreview',
]);

const plainSections = ['health', 'restart', 'notifications', 'retention', 'general', 'advice'] as const;
const overrideSections = ['health', 'restart'] as const;

export function settingsFileOf(config: AppConfig): SettingsFile {
  const { skills: _folders, fleet: _fleet, telemetry: _telemetry, ...settings } = config;
  const defaults = appConfigSchema.parse({});
  return {
    format: SETTINGS_FILE_FORMAT,
    version: SETTINGS_FILE_VERSION,
    settings: {
      ...settings,
      general: {
        ...settings.general,
        closeExplained: defaults.general.closeExplained,
        firstRunDone: defaults.general.firstRunDone,
      },
      notifications: { ...settings.notifications, mutedUntil: null },
      advice: { ...settings.advice, consentedPreview: false },
    },
  };
}

/** What a settings file says, section by section; only what stands in it. */
export type GivenSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export interface SettingIssue {
  readonly path: string;
  readonly message: string;
}
export type SettingsFileRead =
  | { readonly ok: true; readonly given: GivenSettings }
  | { readonly ok: false; readonly issues: readonly SettingIssue[] };

/** Reads the parsed JSON of a settings file. It may be anything: each wrong member is named. Folders in it are ignored. */
export function readSettingsFile(file: unknown): SettingsFileRead {
  if (!isObject(file) || file.format !== SETTINGS_FILE_FORMAT)
    return refused('format', `is not "${SETTINGS_FILE_FORMAT}": this is another kind of file`);
  if (file.version !== SETTINGS_FILE_VERSION) {
    return refused(
      'version',
      typeof file.version === 'number' && file.version > SETTINGS_FILE_VERSION
        ? `${file.version} is from a newer Skillward: update this one first`
        : `is not ${SETTINGS_FILE_VERSION}`,
    );
  }
  if (!isObject(file.settings)) return refused('settings', 'is not an object');
  const { skills: _folders, fleet: _fleet, telemetry: _telemetry, ...settings } = file.settings;
  const read = settingsSchema.safeParse(settings);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => ({
      path: ['settings', ...path].map(String).join('.'),
      message,
    }));
    return { ok: false, issues };
  }
  const stranger = Object.keys(read.data.overrides).find((id) => !skillIdSchema.safeParse(id).success);
  if (stranger !== undefined)
    return refused(`settings.overrides.${stranger.slice(0, 100)}`, 'is not the id of a skill');
  const parsed: Readonly<Record<string, unknown>> = read.data;
  return {
    ok: true,
    given: Object.fromEntries(
      Object.entries(settings).flatMap(([section, members]) => {
        const values = parsed[section];
        if (!isObject(values) || !isObject(members)) return [];
        // The schema fills in defaults; what the file does not say must not be changed by it.
        return [[section, Object.fromEntries(Object.keys(members).map((key) => [key, values[key]]))]];
      }),
    ),
  };
}

/**
 * What taking over these settings would change. Members the file does not have stay as they are; if it has overrides,
 * they replace all there are, so that a kept file brings back the state it was made from.
 */
export function settingChanges(config: AppConfig, given: GivenSettings): SettingChange[] {
  const changes = plainSections.flatMap((section) =>
    differences(section, config[section], { ...config[section], ...given[section] }),
  );
  if (given.overrides === undefined) return changes;
  const ids = new Set([...Object.keys(config.overrides), ...Object.keys(given.overrides)]);
  for (const id of ids) {
    for (const section of overrideSections) {
      const path = `overrides.${id}.${section}`;
      const before = member(member(config.overrides, id), section);
      const after = member(member(given.overrides, id), section);
      changes.push(...differences(path, before, after));
    }
  }
  return changes;
}

/** The patch that makes these changes, or with `from` takes them back. */
export function patchOfChanges(changes: readonly SettingChange[], side: 'from' | 'to'): AppConfigPatch {
  return appConfigPatchSchema.parse(
    nested(changes.map((change) => ({ path: change.path.split('.'), value: change[side] }))),
  );
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Through maps, so that a skill called `__proto__` is a member like any other. */
function nested(leaves: readonly Leaf[]): unknown {
  const groups = new Map<string, Leaf[]>();
  for (const { path, value } of leaves) {
    const [head, ...rest] = path;
    if (head === undefined) return value;
    groups.set(head, [...(groups.get(head) ?? []), { path: rest, value }]);
  }
  return Object.fromEntries([...groups].map(([head, inside]) => [head, nested(inside)]));
}

function differences(path: string, before: unknown, after: unknown): SettingChange[] {
  const keys = new Set([...ownKeys(before), ...ownKeys(after)]);
  return [...keys].flatMap((key) => {
    const [from, to] = [member(before, key) ?? null, member(after, key) ?? null];
    const full = `${path}.${key}`;
    return from === to || STAYS_HERE.has(full) ? [] : [{ path: full, from, to }];
  });
}

function ownKeys(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function refused(path: string, message: string): SettingsFileRead {
  return { ok: false, issues: [{ path, message }] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
