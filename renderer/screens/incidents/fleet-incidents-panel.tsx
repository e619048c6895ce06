import { Skeleton } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { NotAsked } from '../../components/fleet/not-asked.tsx';
import { IncidentTable } from '../../components/incidents/incident-table.tsx';
import { hasWords, stands } from '../../components/incidents/incident-words.ts';
import { INCIDENT_HOSTS, useFleetIncidents } from '../../state/fleet-queries.ts';
import { useTicking } from '../../state/ticker.ts';
import { SearchBox } from './incidents-panel.tsx';
import classes from './incidents-screen.module.css';
import { StandingChips } from './standing-chips.tsx';

/** Incidents of every host that is heard, the newest first; each opens on its own host. */
export function FleetIncidentsPanel() {
  const { q = '', show } = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const { data } = useFleetIncidents();
  const minute = useTicking((now) => Math.floor(now / 10_000) * 10_000);
  const words = useMemo(() => q.toLowerCase().split(/\s+/).filter(Boolean), [q]);
  // Two hosts number their incidents alike: the object is what says whose it is.
  const hostOf = useMemo(
    () => new Map((data?.items ?? []).map(({ hostId, item }) => [item, hostId])),
    [data],
  );
  const found = useMemo(() => [...hostOf.keys()].filter((one) => hasWords(one, words)), [hostOf, words]);
  const shown = found.filter((one) => show === undefined || stands(one, show, minute));
  return (
    <div className={classes.panel}>
      <div className={classes.filters}>
        <StandingChips
          incidents={found}
          show={show}
          now={minute}
          onShow={(next) => void navigate({ search: (search) => ({ ...search, show: next }), replace: true })}
        />
        <SearchBox
          q={q}
          onSearch={(next) =>
            void navigate({
              search: (search) => ({ ...search, q: next === '' ? undefined : next }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      {data === undefined && (
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading the incidents of all hosts" />
      )}
      {data !== undefined && <NotAsked from={data} most={INCIDENT_HOSTS} />}
      {shown.length > 0 && (
        <IncidentTable incidents={shown} hostOf={(one) => hostOf.get(one)} label="Incidents of all hosts" />
      )}
      {data !== undefined && shown.length === 0 && (
        <div className="sw-card">
          <EmptyState icon={<IconShieldCheck size={26} stroke={1.6} />} title="No incident to show">
            No host that answered has an incident like that.
          </EmptyState>
        </div>
      )}
    </div>
  );
}
