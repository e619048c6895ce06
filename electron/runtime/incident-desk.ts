import { CommandError } from '../../shared/contract/index.ts';
import { type Incident, MUTED_UNTIL_RECOVERY } from '../../shared/model/action.ts';
import { clip, durationInWords, headline } from '../core/health/words.ts';
import type { ActionEntry, ActionLog } from './action-log.ts';
import type { IncidentBook } from './incident-book.ts';

/** A note repeated in the reason of an action is cut to this many characters; the incident keeps the whole. */
const MAX_NOTE_CHARS = 200;

export interface IncidentDeskPorts {
  readonly incidents: IncidentBook;
  readonly actions: ActionLog;
  nowMs(): number;
  /** Throws `CommandError` `not_found` for a fix nobody recorded. Returns its first line. */
  fixTitle(fixId: number): string;
  /** Whether the host looks after the skill at all: what has left service does not fail any more. */
  inService(skillId: string): boolean;
  /** The newest incident of the skill with this signature. */
  newest(incident: Incident): Incident | undefined;
  /** It goes on after all: what people do about it is watched anew. */
  resumed(incident: Incident): void;
  /** A person said that it is over: there is nothing more to ask about it. */
  closed(incident: Incident): void;
}

/** What people say about incidents: each word is on disk before it is acknowledged, and an action on record. */
export class IncidentDesk {
  readonly #ports: IncidentDeskPorts;

  constructor(ports: IncidentDeskPorts) {
    this.#ports = ports;
  }

  /** Throws `CommandError` `not_found`. */
  get(id: number): Incident {
    const incident = this.#ports.incidents.get(id);
    if (incident === undefined)
      throw new CommandError(
        'not_found',
        `There is no incident ${id}. Old ones are deleted after the time set for history.`,
      );
    return incident;
  }

  /** Somebody looks after it, until `until` (epoch ms) or its end. Throws `CommandError`. */
  acknowledge(id: number, about: { note?: string | undefined; until?: number | undefined }): Incident {
    const { note, until } = about;
    const incident = this.#going(id);
    const at = this.#ports.nowMs();
    if (until !== undefined) mustLieAhead(until, at);
    const how = until === undefined ? 'until it ends' : `for ${durationInWords(until - at)}`;
    return this.#decided('acknowledgeIncident', `acknowledged ${how}${noteWords(note)}`, {
      ...incident,
      state: 'acknowledged',
      acknowledged: until === undefined ? { at } : { at, until },
      note: note ?? incident.note,
    });
  }

  /** No notice about it before `until` (epoch ms), or before its end; null lifts the mute. Throws `CommandError`. */
  mute(id: number, until: number | 'recovery' | null): Incident {
    const incident = this.#going(id);
    const at = this.#ports.nowMs();
    if (typeof until === 'number') mustLieAhead(until, at);
    const how =
      until === null
        ? 'no longer muted'
        : until === 'recovery'
          ? 'muted until it ends'
          : `muted for ${durationInWords(until - at)}`;
    return this.#decided('muteIncident', how, {
      ...incident,
      mutedUntil: until === 'recovery' ? MUTED_UNTIL_RECOVERY : until,
    });
  }

  /**
   * A person says it is over; the health record of the skill stays what its checks made it. For one that ended by
   * itself, a note or a fix is added. Throws `CommandError`.
   */
  resolve(id: number, about: { note?: string | undefined; fixId?: number | undefined }): Incident {
    const { note, fixId } = about;
    const incident = this.get(id);
    const withFix = fixId === undefined ? '' : ` with fix ${fixId} (${this.#ports.fixTitle(fixId)})`;
    if (incident.endedAt !== null && note === undefined && fixId === undefined) throw isOver(incident);
    const known = incident.ended ?? {
      by: incident.endedAt === null ? ('user' as const) : ('recovery' as const),
    };
    const resolved = this.#decided('resolveIncident', `resolved${withFix}${noteWords(note)}`, {
      ...incident,
      state: 'resolved',
      endedAt: incident.endedAt ?? this.#ports.nowMs(),
      ended: { ...known, ...(fixId === undefined ? {} : { fixId }) },
      note: note ?? incident.note,
    });
    this.#ports.closed(resolved);
    return resolved;
  }

  /** Takes back a person's own resolution, or else an acknowledgement. Throws `CommandError`. */
  reopen(id: number): Incident {
    const incident = this.get(id);
    const { acknowledged, ended, ...rest } = incident;
    if (incident.endedAt === null) {
      if (incident.state !== 'acknowledged')
        throw new CommandError('conflict', `Incident ${id} is open: there is nothing to take back.`);
      return this.#decided('reopenIncident', 'acknowledgement taken back', { ...rest, state: 'open' });
    }
    this.#mustBeReopenable(incident);
    const taken = acknowledged !== undefined && (acknowledged.until ?? Infinity) > this.#ports.nowMs();
    const reopened = this.#decided('reopenIncident', 'reopened', {
      ...rest,
      state: taken ? 'acknowledged' : 'open',
      endedAt: null,
      ...(taken ? { acknowledged } : {}),
    });
    this.#ports.resumed(reopened);
    return reopened;
  }

  /** The time for which somebody had taken it on is over. */
  acknowledgementOver(incident: Incident): void {
    this.#record('reopenIncident', 'the time it was acknowledged for is over', incident, 'monitor');
  }

  #mustBeReopenable(incident: Incident): void {
    const { id, skillId, ended } = incident;
    if (ended?.by !== 'user')
      throw new CommandError(
        'conflict',
        `Incident ${id} ended by itself, so there is nothing to take back. If ${skillId} fails again, a new one opens.`,
      );
    if (!this.#ports.inService(skillId))
      throw new CommandError('conflict', `${skillId} is out of service, so its incidents stay closed.`);
    const newest = this.#ports.newest(incident);
    if (newest !== undefined && newest.id !== id)
      throw new CommandError('conflict', `The same trouble came back as incident ${newest.id}.`, {
        incidentId: newest.id,
      });
  }

  #going(id: number): Incident {
    const incident = this.get(id);
    if (incident.endedAt !== null) throw isOver(incident);
    return incident;
  }

  #decided(kind: ActionEntry['kind'], what: string, incident: Incident): Incident {
    const decided = this.#ports.incidents.decided(incident);
    this.#record(kind, what, decided, 'user');
    return decided;
  }

  #record(kind: ActionEntry['kind'], what: string, incident: Incident, origin: ActionEntry['origin']): void {
    const reason = `incident ${incident.id} (${headline(incident.error)}): ${what}`;
    this.#ports.actions.record({ kind, skillId: incident.skillId, origin, reason });
  }
}

function isOver({ id, skillId }: Incident): CommandError {
  return new CommandError(
    'conflict',
    `Incident ${id} of ${skillId} is over. Only a note or a fix can be added to it.`,
  );
}

function mustLieAhead(until: number, nowMs: number): void {
  if (until <= nowMs)
    throw new CommandError(
      'invalid_payload',
      '`until` must lie in the future (epoch milliseconds by the clock of the host).',
    );
}

function noteWords(note: string | undefined): string {
  return note === undefined ? '' : `: ${clip(note, MAX_NOTE_CHARS)}`;
}
