import { type Incident, MUTED_UNTIL_RECOVERY } from '../../shared/model/action.ts';
import { acknowledgementIsOver, regressedFrom } from '../core/incidents/standing.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { Storage } from '../storage/storage.ts';

/** The clock on the wall may be set and the machine may sleep: what ends by it is looked at this often at least, ms. */
const LOOK_EVERY_MS = 60_000;
/** So many earlier incidents are looked through for the one that is back. */
const LOOK_BACK = 5;

type EndedBy = NonNullable<Incident['ended']>['by'];

export interface IncidentBookPorts {
  readonly incidents: Storage['incidents'];
  readonly clock: Clock;
  onChanged(incident: Incident): void;
  /** Somebody had taken it on for a time, and that time is over. */
  onAcknowledgementOver(incident: Incident): void;
}

/** Folds failures into incidents: one per skill and signature, from the first failure to the recovery or a person's word. */
export class IncidentBook {
  readonly #ports: IncidentBookPorts;
  /** The incidents that have not ended, by skill, then by signature. */
  readonly #current = new Map<string, Map<string, Incident>>();
  #timer: Timer | null = null;

  constructor(ports: IncidentBookPorts) {
    this.#ports = ports;
    for (const incident of ports.incidents.openAll()) this.#remember(incident);
  }

  /** From here on acknowledgements end by the clock; those that ended while no host ran do so now. */
  start(): void {
    this.#endAcknowledgements();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  open(): Incident[] {
    return [...this.#current.values()].flatMap((bySignature) => [...bySignature.values()]);
  }

  /** An incident that has not ended from memory, an earlier one from the disk. */
  get(id: number): Incident | undefined {
    return this.open().find((incident) => incident.id === id) ?? this.#ports.incidents.get(id);
  }

  /** The one of a skill that failed last among those that have not ended. */
  latest(skillId: string): Incident | undefined {
    const open = [...(this.#current.get(skillId)?.values() ?? [])];
    return open.sort((a, b) => a.lastSeenAt - b.lastSeenAt || a.id - b.id).at(-1);
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
        ? this.#ports.incidents.open(this.#newIncident(skillId, signature, error, atMs))
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
  recovered(skillId: string, atMs: number, by: EndedBy = 'recovery'): Incident[] {
    const open = [...(this.#current.get(skillId)?.values() ?? [])];
    this.#current.delete(skillId);
    return open.map((incident) => {
      const ended: Incident = { ...incident, state: 'resolved', endedAt: atMs, ended: { by } };
      this.#ports.incidents.update(ended);
      this.#ports.onChanged(ended);
      return ended;
    });
  }

  /** A person's word on an incident: on disk when this returns. Ending or reopening it, too, is only what `incident` says. */
  decided(incident: Incident): Incident {
    this.#ports.incidents.decide(incident);
    if (incident.endedAt === null) this.#remember(incident);
    else this.#forget(incident);
    this.#ports.onChanged(incident);
    this.#endAcknowledgements();
    return incident;
  }

  #newIncident(skillId: string, signature: string, error: string, atMs: number): Omit<Incident, 'id'> {
    const earlier = this.#ports.incidents.list({ skillId, signature, limit: LOOK_BACK });
    const former = regressedFrom(earlier, atMs);
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
      // Muted for a time is muted for that time, however often the trouble comes and goes. "Until it ends" has ended.
      mutedUntil: mutedFor(former, atMs),
      quarantined: false,
      ...(former === undefined ? {} : { regressionOf: former.id }),
    };
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

  #forget({ id, skillId, signature }: Incident): void {
    const bySignature = this.#current.get(skillId);
    if (bySignature?.get(signature)?.id !== id) return;
    bySignature.delete(signature);
    if (bySignature.size === 0) this.#current.delete(skillId);
  }

  /** Takes back what is past its time, and wakes for what comes next. */
  #endAcknowledgements(): void {
    const { clock, incidents, onAcknowledgementOver, onChanged } = this.#ports;
    const nowMs = clock.nowMs();
    for (const incident of this.open()) {
      if (!acknowledgementIsOver(incident, nowMs)) continue;
      const { acknowledged: _over, ...rest } = incident;
      const open: Incident = { ...rest, state: 'open' };
      incidents.decide(open);
      this.#remember(open);
      onChanged(open);
      onAcknowledgementOver(open);
    }
    this.stop();
    const ends = this.open().flatMap(({ acknowledged }) => acknowledged?.until ?? []);
    if (ends.length === 0) return;
    const waitMs = Math.min(Math.max(0, Math.min(...ends) - nowMs), LOOK_EVERY_MS);
    this.#timer = clock.after(waitMs, () => this.#endAcknowledgements());
  }
}

function mutedFor(former: Incident | undefined, atMs: number): number | null {
  const until = former?.mutedUntil ?? null;
  return until !== null && until > atMs && until !== MUTED_UNTIL_RECOVERY ? until : null;
}
