/** How many skills have series of their own, so that one host cannot fill a metrics store. */
export const MAX_OWN_SKILLS = 1000;
/** Where all others are counted together. Brackets, because no skill can be called that. */
export const OTHER_SKILLS = '(other)';

/**
 * The value of `skill.id` for each skill: its own for the first `MAX_OWN_SKILLS`, then one for all others. A place is
 * never given away again, for the counters of who had it go on: so the number of series is bounded whatever comes and goes.
 */
export class SkillFold {
  readonly #own = new Set<string>();

  labelOf(skillId: string): string {
    if (this.#own.has(skillId)) return skillId;
    if (this.#own.size >= MAX_OWN_SKILLS) return OTHER_SKILLS;
    this.#own.add(skillId);
    return skillId;
  }
}
