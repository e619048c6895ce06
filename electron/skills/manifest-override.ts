import {
  healthMonitorConfigSchema,
  restartConfigSchema,
  type SkillOverride,
  skillOverrideSchema,
} from '../../shared/model/config.ts';
import { type Problem, problemsOf } from './manifest-error.ts';

const sections = { health: healthMonitorConfigSchema, restart: restartConfigSchema } as const;
type Section = keyof typeof sections;

/** snake_case of the manifest to camelCase of the config, per section (DESIGN.md section 4). */
const members: Readonly<Record<Section, ReadonlyMap<string, string>>> = {
  health: membersOf('health'),
  restart: membersOf('restart'),
};

/**
 * `[health]` and `[restart]` of a manifest as a per-skill override; undefined when neither is there.
 * Unlike elsewhere in a manifest, a member nobody knows is an error: a misspelt limit would silently not hold.
 */
export function readOverride(document: Readonly<Record<string, unknown>>): {
  readonly override: SkillOverride | undefined;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const raw: Record<string, Record<string, unknown>> = {};
  for (const section of ['health', 'restart'] as const) {
    const table = document[section];
    if (table === undefined) continue;
    if (typeof table !== 'object' || table === null || Array.isArray(table)) {
      problems.push({ path: [section], message: `must be a table: start it with [${section}]` });
      continue;
    }
    raw[section] = readSection(section, table, problems);
  }
  if (Object.keys(raw).length === 0) return { override: undefined, problems };
  const parsed = skillOverrideSchema.safeParse(raw);
  if (parsed.success) return { override: parsed.data, problems };
  return { override: undefined, problems: [...problems, ...problemsOf(parsed.error).map(asWritten)] };
}

function readSection(section: Section, table: object, problems: Problem[]): Record<string, unknown> {
  const known = members[section];
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table)) {
    const member = known.get(key);
    if (member !== undefined) values[member] = value;
    else problems.push({ path: [section, key], message: unknownMember(key, [...known.keys()]) });
  }
  return values;
}

function unknownMember(key: string, known: readonly string[]): string {
  const near = known.filter((name) => plain(name).includes(plain(key)) || plain(key).includes(plain(name)));
  const [only] = near;
  return near.length === 1 && only !== undefined
    ? `is not known here: did you mean \`${only}\`?`
    : `is not known here. Known are ${known.join(', ')}`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function asWritten({ path, message }: Problem): Problem {
  return { path: path.map((part) => (typeof part === 'string' ? snakeCase(part) : part)), message };
}

function membersOf(section: Section): ReadonlyMap<string, string> {
  return new Map(Object.keys(sections[section].shape).map((member) => [snakeCase(member), member]));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
