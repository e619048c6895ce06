import { CommandError } from '../../../shared/contract/index.ts';
import { type Incident, MUTED_UNTIL_RECOVERY } from '../../../shared/model/action.ts';
import type { Handlers } from './handlers.ts';
import { checksOf } from './past.ts';
import type { World } from './world.ts';

/** What people say about incidents, without the rules of when they may. */
export function incidentHandlers(
  world: World,
): Pick<
  Handlers,
  'incident.list' | 'incident.get' | 'incident.ack' | 'incident.mute' | 'incident.resolve' | 'incident.reopen'
> {
  function find(incidentId: number): Incident {
    const found = world.incidents.find((one) => one.id === incidentId);
    if (found === undefined) throw new CommandError('not_found', `There is no incident ${incidentId}.`);
    return found;
  }
  function put(incident: Incident): { incident: Incident } {
    world.incidents.splice(world.incidents.indexOf(find(incident.id)), 1, incident);
    world.publish('incident.changed', { incident });
    return { incident };
  }
  return {
    'incident.list': ({ skillId, states }) => ({
      incidents: world.incidents
        .filter((one) => skillId === undefined || one.skillId === skillId)
        .filter((one) => states === undefined || states.includes(one.state)),
    }),
    'incident.get': ({ incidentId }) => {
      const incident = find(incidentId);
      const member = world.cast.find((one) => one.id === incident.skillId);
      const now = Date.now();
      const from = incident.startedAt - 60_000;
      const similar = world.incidents
        .filter((one) => one.id !== incidentId && one.signature === incident.signature)
        .map((one) => ({ incident: one, score: 1, why: 'The same error.' }));
      return {
        incident,
        checks: member === undefined ? [] : checksOf(member, from, now, now).toReversed(),
        actions: world.actions.filter((action) => action.skillId === incident.skillId),
        logs: world.logs.filter((line) => line.skillId === incident.skillId).slice(-20),
        similar,
      };
    },
    'incident.ack': ({ incidentId, note, until }) => {
      const incident = find(incidentId);
      const acknowledged = { at: Date.now(), ...(until === undefined ? {} : { until }) };
      return put({ ...incident, state: 'acknowledged', acknowledged, note: note ?? incident.note });
    },
    'incident.mute': ({ incidentId, until }) =>
      put({ ...find(incidentId), mutedUntil: until === 'recovery' ? MUTED_UNTIL_RECOVERY : until }),
    'incident.resolve': ({ incidentId, note, fixId }) => {
      const incident = find(incidentId);
      const ended = { by: 'user' as const, ...(fixId === undefined ? {} : { fixId }) };
      const endedAt = incident.endedAt ?? Date.now();
      return put({ ...incident, state: 'resolved', endedAt, ended, note: note ?? incident.note });
    },
    'incident.reopen': ({ incidentId }) => {
      const { acknowledged: _taken, ended: _ended, ...incident } = find(incidentId);
      return put({ ...incident, state: 'open', endedAt: null });
    },
  };
}
