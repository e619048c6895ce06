import path from 'node:path';
import { z } from 'zod';

/** What Skillward sets for every skill itself (DESIGN.md section 5). */
const setBySkillward = /^(PYTHONUNBUFFERED|PYTHONIOENCODING|PYTHONFAULTHANDLER|SKILLWARD_.*)$/i;
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
const maxVariables = 100;
const maxValueChars = 16_384;

/**
 * `[env]`: variables of the skill's environment that are no secrets. `PATH` and `HOME` may be set, since servers
 * written for other clients count on it; what Skillward sets itself may not.
 */
export const envSchema = z
  .record(z.string(), z.unknown(), 'must be a table: start it with [env]')
  .transform((table, context) => {
    const entries: [string, string][] = [];
    for (const [key, value] of Object.entries(table)) {
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
      const problem = !variableName.test(key)
        ? 'is no name of a variable: letters, digits and _, not a digit first'
        : setBySkillward.test(key)
          ? 'is a variable Skillward sets itself: leave it out'
          : typeof text !== 'string'
            ? `must be text in double quotes: ${key} = "value"`
            : text.includes('\0')
              ? 'holds a NUL character, which no variable can'
              : text.length > maxValueChars
                ? `is too long: at most ${maxValueChars} characters`
                : null;
      if (problem === null && typeof text === 'string') entries.push([key, text]);
      else if (problem !== null) context.addIssue({ code: 'custom', path: [key], message: problem });
    }
    if (entries.length > maxVariables)
      context.addIssue({ code: 'custom', message: `holds more than ${maxVariables} variables` });
    return Object.fromEntries(entries);
  });

/** When a one-shot skill runs, with what, and how long a run may take. */
export interface RunSpec {
  /** `interval`: a check is a run. `on-demand`: only when somebody invokes it or a task of the scheduler does. */
  readonly when: 'interval' | 'on-demand';
  readonly timeoutSecs: number;
  /** What a run that nobody gave parameters gets. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** As skills written for one-shot hosts expect it. */
export const defaultRun: RunSpec = { when: 'interval', timeoutSecs: 30, params: {} };

/** `[run]` of a one-shot skill. A member nobody knows is an error, as a misspelt limit would silently not hold. */
export const runSchema = z
  .strictObject(
    {
      when: z.enum(['interval', 'on-demand'], 'must be "interval" or "on-demand"').default(defaultRun.when),
      timeout_secs: z.number().min(1).max(3600).default(defaultRun.timeoutSecs),
      params: z.record(z.string(), z.unknown(), 'must be a table: start it with [run.params]').default({}),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? 'holds a member that is not known here. Known are when, timeout_secs, params'
          : 'must be a table: start it with [run]',
    },
  )
  .transform(({ when, timeout_secs: timeoutSecs, params }): RunSpec => ({ when, timeoutSecs, params }));

/** `cwd`: where a `command` runs, for servers that were made to run in a project's folder. */
export const cwdSchema = z
  .string('must be text in double quotes: cwd = "/home/me/project"')
  .refine(
    (folder) => path.isAbsolute(folder) && !folder.includes('\0') && folder.length <= 4096,
    'must be an absolute path: cwd = "/home/me/project"',
  );
