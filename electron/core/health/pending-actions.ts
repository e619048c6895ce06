import type { HealthAction } from '../../../shared/model/health.ts';

/** Far above what gathers between two drains; only a caller that never drains reaches it. */
const MAX_PENDING_PER_SKILL = 32;

/** Decisions waiting to be carried out, oldest first. Bounded per skill: the oldest of a skill give way. */
export class PendingActions {
  #actions: HealthAction[] = [];

  add(actions: readonly HealthAction[]): void {
    for (const action of actions) {
      this.#actions.push(action);
      const ofSkill = this.#actions.filter((other) => other.skillId === action.skillId);
      const oldest = ofSkill[0];
      if (ofSkill.length > MAX_PENDING_PER_SKILL) {
        this.#actions = this.#actions.filter((other) => other !== oldest);
      }
    }
  }

  /** Takes back what a newer decision made pointless: restarts and quarantines of the skill. Messages stay. */
  supersede(skillId: string): void {
    this.#actions = this.#actions.filter(
      (action) => action.skillId !== skillId || action.kind === 'notifyUser',
    );
  }

  forget(skillId: string): void {
    this.#actions = this.#actions.filter((action) => action.skillId !== skillId);
  }

  /** Everything not yet handed out; afterwards nothing is left. */
  drain(): readonly HealthAction[] {
    const drained = this.#actions;
    this.#actions = [];
    return drained;
  }
}
