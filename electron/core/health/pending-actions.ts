import type { HealthAction } from '../../../shared/model/health.ts';

/** Far above what gathers between two drains; only a caller that never drains reaches it. */
const MAX_PENDING_PER_SKILL = 32;

/** Decisions waiting to be carried out, oldest first. Bounded per skill: the oldest of a skill give way. */
export class PendingActions {
  #actions: HealthAction[] = [];
  /** How many of each skill wait: looking through all of them for every new one would make a large round slow. */
  readonly #waiting = new Map<string, number>();

  add(actions: readonly HealthAction[]): void {
    for (const action of actions) {
      const waiting = this.#waiting.get(action.skillId) ?? 0;
      if (waiting === MAX_PENDING_PER_SKILL) {
        const oldest = this.#actions.findIndex(({ skillId }) => skillId === action.skillId);
        this.#actions.splice(oldest, 1);
      } else {
        this.#waiting.set(action.skillId, waiting + 1);
      }
      this.#actions.push(action);
    }
  }

  /** Takes back what a newer decision made pointless: restarts and quarantines of the skill. Messages stay. */
  supersede(skillId: string): void {
    this.#keep(skillId, (action) => action.skillId !== skillId || action.kind === 'notifyUser');
  }

  forget(skillId: string): void {
    this.#keep(skillId, (action) => action.skillId !== skillId);
  }

  /** Everything not yet handed out; afterwards nothing is left. */
  drain(): readonly HealthAction[] {
    const drained = this.#actions;
    this.#actions = [];
    this.#waiting.clear();
    return drained;
  }

  #keep(skillId: string, wanted: (action: HealthAction) => boolean): void {
    if (!this.#waiting.has(skillId)) return;
    this.#actions = this.#actions.filter(wanted);
    const left = this.#actions.filter((action) => action.skillId === skillId).length;
    if (left > 0) this.#waiting.set(skillId, left);
    else this.#waiting.delete(skillId);
  }
}
