import type { Handlers } from '../dispatcher.ts';
import { incidentStory } from '../incident-story.ts';
import type { Rooms } from '../rooms.ts';

const DEFAULT_LIMIT = 100;

/** Incidents: reading them, and what people say about them. */
export function incidentCommands({ clock, incidentDesk, storage }: Rooms) {
  return {
    'incident.list': ({ limit, ...filter }) => ({
      incidents: storage.incidents.list({ ...filter, limit: limit ?? DEFAULT_LIMIT }),
    }),
    'incident.get': async ({ incidentId }) => {
      const incident = incidentDesk.get(incidentId);
      return { incident, ...(await incidentStory(storage, incident, clock.nowMs())) };
    },
    'incident.ack': ({ incidentId, note, until }) => ({
      incident: incidentDesk.acknowledge(incidentId, { note, until }),
    }),
    'incident.mute': ({ incidentId, until }) => ({ incident: incidentDesk.mute(incidentId, until) }),
    'incident.resolve': ({ incidentId, note, fixId }) => ({
      incident: incidentDesk.resolve(incidentId, { note, fixId }),
    }),
    'incident.reopen': ({ incidentId }) => ({ incident: incidentDesk.reopen(incidentId) }),
  } satisfies Partial<Handlers>;
}
