import {
  type AppConfig,
  type AppConfigPatch,
  appConfigPatchSchema,
  appConfigSchema,
} from '../../shared/model/config.ts';
import type { HostNotice } from '../../shared/model/runtime.ts';

/** Why settings could not be changed; nothing was. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code: 'invalid_payload' | 'unavailable';
  constructor(code: SettingsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What people set, with the defaults for what they did not. */
export interface SettingsStore {
  /** As now in force. Frozen. */
  get(): AppConfig;
  /**
   * Merges a deep partial; on disk when it returns. Lists are replaced as a whole; what is given as null is taken out:
   * a member is at its default again, an override inherited again. Throws SettingsError and changes nothing.
   */
  patch(patch: AppConfigPatch): AppConfig;
  /** Called after each change. Returns a function that ends it. */
  onChange(listener: (config: AppConfig) => void): () => void;
  /** What was wrong with the stored settings when they were opened. */
  readonly problem: HostNotice | null;
}

/** One JSON value, kept somewhere. `write` has it on disk when it returns, or throws. */
export interface SettingsBacking {
  read(): unknown;
  write(value: Readonly<Record<string, unknown>>): void;
}

/**
 * Settings over any backing. Only what people set is stored, so that a later version's better default reaches those
 * who never chose. What cannot be used of a stored file is left out, member by member, and told in `problem`.
 */
export function settingsFrom(
  backing: SettingsBacking,
  options: { readonly nowMs: () => number; readonly problem?: HostNotice | null },
): SettingsStore {
  const { usable, refused } = usablePart(backing.read());
  const listeners = new Set<(config: AppConfig) => void>();
  let stored = usable;
  let config = inForce(stored);
  return {
    get: () => config,
    patch: (patch) => {
      const asked = appConfigPatchSchema.safeParse(patch);
      if (!asked.success) throw new SettingsError('invalid_payload', describeIssue(asked.error.issues[0]));
      const next = merge(stored, asked.data);
      const checked = appConfigSchema.safeParse(next);
      if (!checked.success)
        throw new SettingsError('invalid_payload', describeIssue(checked.error.issues[0]));
      try {
        backing.write(next);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new SettingsError('unavailable', `The settings could not be written: ${why}`);
      }
      stored = next;
      config = inForce(stored);
      for (const listener of listeners) listener(config);
      return config;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    problem: options.problem ?? (refused.length === 0 ? null : refusedNotice(refused, options.nowMs())),
  };
}

type Settings = Readonly<Record<string, unknown>>;

function inForce(stored: Settings): AppConfig {
  return deepFreeze(appConfigSchema.parse(stored));
}

/**
 * The deep merge of a patch: objects member by member, everything else as a whole; null removes, undefined is not said.
 * A section nothing is left of goes too: an override without members would look like one.
 */
function merge(base: Settings, patch: Settings): Settings {
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    const before = merged.get(name);
    if (value === undefined) continue;
    const next = isObject(value) ? merge(isObject(before) ? before : {}, value) : value;
    if (next === null || (isObject(next) && Object.keys(next).length === 0)) merged.delete(name);
    else merged.set(name, next);
  }
  return Object.fromEntries(merged);
}

/** What of a stored value the schema takes, tried whole, then member by member. */
function usablePart(value: unknown): { readonly usable: Settings; readonly refused: readonly string[] } {
  if (!isObject(value)) return { usable: {}, refused: value === undefined ? [] : ['everything'] };
  if (appConfigSchema.safeParse(value).success) return { usable: value, refused: [] };
  const refused: string[] = [];
  let usable: Settings = {};
  for (const [section, members] of Object.entries(value)) {
    for (const [name, member] of isObject(members) ? Object.entries(members) : []) {
      const tried = merge(usable, { [section]: { [name]: member } });
      if (appConfigSchema.safeParse(tried).success) usable = tried;
      else refused.push(`${section}.${name}`);
    }
    if (!isObject(members)) refused.push(section);
  }
  return { usable, refused };
}

function refusedNotice(refused: readonly string[], at: number): HostNotice {
  const message = `Some stored settings could not be used, the defaults are in force for them: ${refused.join(', ')}.`;
  return { at, level: 'warning', code: 'settings_damaged', message };
}

function describeIssue(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  if (issue === undefined) return 'These settings are not valid.';
  const where = issue.path.map(String).join('.');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
