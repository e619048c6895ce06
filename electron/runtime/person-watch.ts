import type { ActionOrigin, Incident } from '../../shared/model/action.ts';

/** Who remembers what people do about skills in trouble. Told once the decision is on record. */
export interface PersonWatch {
  did(skillId: string, kind: 'restarted' | 'started' | 'released'): void;
  /** By the monitor. */
  quarantined(skillId: string): void;
  /** Incidents ended because the skill was taken out of service. */
  forget(ended: readonly Incident[]): void;
}

/** Who ordered something, when it was not a person by hand. */
export interface OrderedBy {
  readonly origin: ActionOrigin;
  readonly reason: string;
}
