import { type NewSkill, newSkill } from '../../runtime/authoring/new-skill.ts';
import { validateSkill } from '../../runtime/authoring/validate.ts';
import type { Validation } from '../../runtime/authoring/validation.ts';

export type SkillKind = Parameters<typeof newSkill>[1];

/** Writes a new skill into `parent`; no host has to run for it. */
export function writeNewSkill(id: string, kind: SkillKind, parent: string): Promise<NewSkill> {
  return newSkill(id, kind, parent);
}

/**
 * Tries the skill at `place` as this program's host would, with the environment of this process. Skills run in groups of
 * their own and would outlive a Ctrl-C: a signal kills them first.
 */
export async function tryOutSkill(place: string, version: string): Promise<Validation> {
  const abort = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    abort.abort();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await validateSkill(place, { version, hostEnv: process.env, signal: abort.signal });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
