import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandPayload } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { FleetHost } from '../../shared/model/fleet.ts';
import type { LogLine } from '../../shared/model/log.ts';
import { useFleet } from './fleet.ts';
import { askHosts } from './fleet-orders.ts';

/** Hosts whose incidents are asked for at once; logs are more, so fewer. */
export const INCIDENT_HOSTS = 100;
export const LOG_HOSTS = 20;
/** How often all of them are asked again while somebody looks, ms. */
const INCIDENTS_EVERY_MS = 5000;
const LOGS_EVERY_MS = 4000;
/** Of one host, newest first. */
const INCIDENTS_EACH = 100;
const LINES_EACH = 200;
/** Lines shown of all hosts together: the newest. */
const MOST_LINES = 2000;

/** Something of one host among those of others. */
export interface OfHost<Item> {
  readonly hostId: string;
  readonly item: Item;
}
/** What the hosts that were asked had, merged by time, and what those said that had no answer. */
export interface FromHosts<Item> {
  readonly items: readonly OfHost<Item>[];
  readonly silent: readonly { readonly hostId: string; readonly problem: string }[];
  /** Hosts that were not asked, because there are too many of them. */
  readonly left: number;
}

/** Incidents of every host that is heard, the newest first. */
export function useFleetIncidents(): UseQueryResult<FromHosts<Incident>> {
  return useQuery({
    queryKey: ['fleet-incidents'],
    queryFn: async (): Promise<FromHosts<Incident>> => {
      const { asked, left } = chosenHosts(INCIDENT_HOSTS);
      const payload = { limit: INCIDENTS_EACH };
      const answers = await askHosts(
        'incident.list',
        asked.map(({ hostId }) => ({ hostId, payload })),
      );
      return {
        items: mergedBy(
          answers.flatMap(({ hostId, answer }) =>
            (answer?.incidents ?? []).map((item) => ({ hostId, item })),
          ),
          (incident) => -incident.startedAt,
        ),
        silent: silentOf(answers),
        left,
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval: INCIDENTS_EVERY_MS,
  });
}

/** The newest lines of up to `LOG_HOSTS` hosts, the oldest first. */
export function useFleetLogs(
  filter: Pick<CommandPayload<'logs.read'>, 'query' | 'level'>,
): UseQueryResult<FromHosts<LogLine>> {
  const { query, level } = filter;
  return useQuery({
    queryKey: ['fleet-logs', query ?? null, level ?? null],
    queryFn: async (): Promise<FromHosts<LogLine>> => {
      const { asked, left } = chosenHosts(LOG_HOSTS);
      const payload = {
        limit: LINES_EACH,
        ...(query === undefined ? {} : { query }),
        ...(level === undefined ? {} : { level }),
      };
      const answers = await askHosts(
        'logs.read',
        asked.map(({ hostId }) => ({ hostId, payload })),
      );
      const lines = mergedBy(
        answers.flatMap(({ hostId, answer }) => (answer?.lines ?? []).map((item) => ({ hostId, item }))),
        (line) => line.at,
      );
      return { items: lines.slice(-MOST_LINES), silent: silentOf(answers), left };
    },
    placeholderData: keepPreviousData,
    refetchInterval: LOGS_EVERY_MS,
  });
}

/** Those that can be asked, the ones with most open incidents first. */
function chosenHosts(most: number): { readonly asked: readonly FleetHost[]; readonly left: number } {
  const heard = Object.values(useFleet.getState().hosts)
    .filter(({ state }) => state !== 'unknown')
    .sort((a, b) => (b.counts?.openIncidents ?? 0) - (a.counts?.openIncidents ?? 0));
  return { asked: heard.slice(0, most), left: Math.max(0, heard.length - most) };
}

/** In the order of `rank`; what has the same one stays in the order of its host. */
export function mergedBy<Item>(
  items: readonly OfHost<Item>[],
  rank: (item: Item) => number,
): readonly OfHost<Item>[] {
  return items.toSorted((a, b) => rank(a.item) - rank(b.item));
}

function silentOf(
  answers: readonly { readonly hostId: string; readonly problem: string | null }[],
): FromHosts<never>['silent'] {
  return answers.flatMap(({ hostId, problem }) => (problem === null ? [] : [{ hostId, problem }]));
}
