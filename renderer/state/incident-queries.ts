import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import { call } from '../bridge/call.ts';

export type IncidentStory = CommandAnswer<'incident.get'>;

/** The latest incidents, of one skill or of all, newest first. `limit` 1 to 1000. */
export function useIncidents(limit: number, skillId?: string): UseQueryResult<Incident[]> {
  return useQuery({
    queryKey: ['incidents', skillId ?? null, limit],
    queryFn: async () =>
      (await call('incident.list', skillId === undefined ? { limit } : { skillId, limit })).incidents,
    placeholderData: keepPreviousData,
  });
}

/** One incident with what happened around it. */
export function useIncidentStory(incidentId: number): UseQueryResult<IncidentStory> {
  return useQuery({
    queryKey: ['incident', String(incidentId)],
    queryFn: () => call('incident.get', { incidentId }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
