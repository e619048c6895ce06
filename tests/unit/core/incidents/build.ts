import type { Incident } from '../../../../shared/model/action.ts';

/** An incident that goes on, from a moment in the morning of the epoch. */
export function incident(about: Partial<Incident> = {}): Incident {
  return {
    id: 1,
    skillId: 'shop',
    signature: 'valueerror: boom',
    error: 'ValueError: boom',
    state: 'open',
    startedAt: 1000,
    lastSeenAt: about.startedAt ?? 1000,
    endedAt: null,
    failures: 1,
    note: null,
    mutedUntil: null,
    quarantined: false,
    ...about,
  };
}
