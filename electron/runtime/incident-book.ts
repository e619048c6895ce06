import type { Incident } from '../../shared/model/action.ts';
import type { Storage } from '../storage/storage.ts';

export interface IncidentBookPorts {
  readonly incidents: Storage['incidents'];
  onChanged(incident: Incident): void;
}

/** Folds failures into incidents: one per skill and signature, from the first failure to the recovery. */
export class IncidentBook {
  readonly #ports: IncidentBookPorts;
  /** The incidents that have not ended, by skill, then by signature. */
  readonly #current = new Map<string, Map<string, Incident>>();

  constructor(ports: IncidentBookPorts) {
    this.#ports = ports;
    for (const incident of ports.incidents.openAll()) this.#remember(incident);
  }

  open(): Incident[] {
    return [...this.#current.values()].flatMap((bySignature) => [...bySignature.values()]);
  }

  /** One more failure: opens an incident (`opened`) or counts into the one with the same signature. */
  failed(
    skillId: string,
    signature: string,
    error: string,
    atMs: number,
  ): { readonly incident: Incident; readonly opened: boolean } {
    const present = this.#current.get(skillId)?.get(signature);
    const incident =
      present === undefined
        ? this.#ports.incidents.open(newIncident(skillId, signature, error, atMs))
        : { ...present, error, lastSeenAt: atMs, failures: present.failures + 1 };
    if (present !== undefined) this.#ports.incidents.update(incident);
    this.#remember(incident);
    this.#ports.onChanged(incident);
    return { incident, opened: present === undefined };
  }

  /** The trouble that a fix seemed to have ended is back. An incident that has ended stays as it is. */
  regressed({ id, skillId, signature }: Incident, fixId: number): void {
    const present = this.#current.get(skillId)?.get(signature);
    if (present?.id === id) this.#change({ ...present, regressedFixId: fixId });
  }

  quarantined(skillId: string): void {
    for (const incident of this.#current.get(skillId)?.values() ?? []) {
      if (incident.quarantined) continue;
      this.#change({ ...incident, quarantined: true });
    }
  }

  /** The skill is well again, or out of service: whatever was open ends here, and is returned. */
  recovered(skillId: string, atMs: number): Incident[] {
    const open = [...(this.#current.get(skillId)?.values() ?? [])];
    this.#current.delete(skillId);
    return open.map((incident) => {
      const ended: Incident = { ...incident, state: 'resolved', endedAt: atMs };
      this.#ports.incidents.update(ended);
      this.#ports.onChanged(ended);
      return ended;
    });
  }

  #change(incident: Incident): void {
    this.#ports.incidents.update(incident);
    this.#remember(incident);
    this.#ports.onChanged(incident);
  }

  #remember(incident: Incident): void {
    const bySignature = this.#current.get(incident.skillId) ?? new Map<string, Incident>();
    bySignature.set(incident.signature, incident);
    this.#current.set(incident.skillId, bySignature);
  }
}

function newIncident(skillId: string, signature: string, error: string, atMs: number): Omit<Incident, 'id'> {
  return {
    skillId,
    signature,
    error,
    state: 'open',
    startedAt: atMs,
    lastSeenAt: atMs,
    endedAt: null,
    failures: 1,
    note: null,
    mutedUntil: null,
    quarantined: false,
  };
}
