import type { CommandName, CommandPayload } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import { call } from '../bridge/call.ts';
import { type FeedbackAction, feedback } from './feedback.ts';
import { useHost } from './host-store.ts';

type IncidentCommand = Extract<CommandName, `incident.${'ack' | 'mute' | 'resolve' | 'reopen'}`>;

/** Asks, shows what came of it, and says whether it was done. */
async function change<Name extends IncidentCommand>(
  name: Name,
  payload: CommandPayload<Name>,
  said: { readonly done: string; readonly failed: string; readonly undo?: (incident: Incident) => void },
): Promise<boolean> {
  const key = `incident:${payload.incidentId}`;
  try {
    const { incident } = await call(name, payload);
    useHost.getState().putIncident(incident);
    const undo = said.undo;
    const action: FeedbackAction | null =
      undo === undefined ? null : { label: 'Undo', run: () => undo(incident) };
    feedback.done(said.done, action === null ? { key } : { key, action });
    return true;
  } catch (error) {
    feedback.error(said.failed, error, { key });
    return false;
  }
}

/** Takes an incident on, until `untilMs` (epoch ms) or its end. */
export function acknowledgeIncident(
  { id, note: before, skillId, state }: Incident,
  about: { readonly note: string; readonly untilMs: number | null },
): Promise<boolean> {
  const note = about.note.trim();
  const payload = {
    incidentId: id,
    ...(note === '' || note === before ? {} : { note }),
    ...(about.untilMs === null ? {} : { until: about.untilMs }),
  };
  return change('incident.ack', payload, {
    done: `Incident #${id} of ${skillId} is acknowledged`,
    failed: `Incident #${id} could not be acknowledged`,
    ...(state === 'open' ? { undo: (incident) => void reopenIncident(incident) } : {}),
  });
}

/** No notice about it until `until`; null lifts the mute. */
export function muteIncident(
  { id, mutedUntil, skillId }: Incident,
  until: number | 'recovery' | null,
): Promise<boolean> {
  const muted = mutedUntil !== null && mutedUntil > Date.now();
  return change(
    'incident.mute',
    { incidentId: id, until },
    {
      done:
        until === null
          ? `Incident #${id} of ${skillId} is no longer muted`
          : `Incident #${id} of ${skillId} is muted`,
      failed: `Incident #${id} could not be muted`,
      ...(until !== null && !muted ? { undo: (incident) => void muteIncident(incident, null) } : {}),
    },
  );
}

/** Says that it is over; of one that is over already, what it was. */
export function resolveIncident(
  { id, endedAt, note: before, skillId }: Incident,
  about: { readonly note: string; readonly fixId: number | null },
): Promise<boolean> {
  const note = about.note.trim();
  const payload = {
    incidentId: id,
    ...(note === '' || note === before ? {} : { note }),
    ...(about.fixId === null ? {} : { fixId: about.fixId }),
  };
  return change('incident.resolve', payload, {
    done: endedAt === null ? `Incident #${id} of ${skillId} is resolved` : `Noted with incident #${id}`,
    failed: `Incident #${id} could not be resolved`,
    ...(endedAt === null ? { undo: (incident) => void reopenIncident(incident) } : {}),
  });
}

/** Takes back an acknowledgement or a person's resolution. */
export function reopenIncident({ id, skillId }: Incident): Promise<boolean> {
  return change(
    'incident.reopen',
    { incidentId: id },
    { done: `Incident #${id} of ${skillId} is open again`, failed: `Incident #${id} could not be reopened` },
  );
}
