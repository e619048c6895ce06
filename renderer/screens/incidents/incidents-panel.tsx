import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { IconSearch, IconSearchOff, IconShieldCheck } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { IncidentTable } from '../../components/incidents/incident-table.tsx';
import {
  hasWords,
  inReadingOrder,
  type Standing,
  stands,
} from '../../components/incidents/incident-words.ts';
import { errorMessage } from '../../components/toast.tsx';
import { useHost } from '../../state/host-store.ts';
import { useIncidents } from '../../state/incident-queries.ts';
import { useTicking } from '../../state/ticker.ts';
import classes from './incidents-screen.module.css';
import { StandingChips } from './standing-chips.tsx';

const PAGE = 200;
const MOST = 1000;

/** The list of incidents: chips, search, and one row each, those that go on first. */
export function IncidentsPanel() {
  const { q = '', show } = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const [limit, setLimit] = useState(PAGE);
  const { data, error, isFetching, refetch } = useIncidents(limit);
  const going = useHost((state) => state.incidents);
  // What goes on is known without asking, also where it is older than what was fetched.
  const all = useMemo(() => merged(data ?? [], going), [data, going]);
  const minute = useTicking((now) => Math.floor(now / 10_000) * 10_000);
  const words = useMemo(() => q.toLowerCase().split(/\s+/).filter(Boolean), [q]);
  const found = useMemo(() => all.filter((one) => hasWords(one, words)), [all, words]);
  const shown = useMemo(
    () => inReadingOrder(found.filter((one) => show === undefined || stands(one, show, minute))),
    [found, show, minute],
  );
  const clear = () => void navigate({ search: ({ q: _q, show: _show, ...search }) => search, replace: true });

  return (
    <div className={classes.panel}>
      <div className={classes.filters}>
        <StandingChips
          incidents={found}
          show={show}
          now={minute}
          onShow={(next: Standing | undefined) =>
            void navigate({ search: (search) => ({ ...search, show: next }), replace: true })
          }
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
      <p className={classes.srOnly} role="status">
        {words.length === 0 ? '' : `${shown.length} found`}
      </p>
      {data === undefined && error === null && (
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading the incidents" />
      )}
      {data === undefined && error !== null && (
        <EmptyState
          title="The incidents could not be loaded"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {errorMessage(error)}
        </EmptyState>
      )}
      {data !== undefined && shown.length > 0 && <IncidentTable incidents={shown} label="Incidents" />}
      {data !== undefined && shown.length === 0 && <Nothing filtered={all.length > 0} onClear={clear} />}
      {data?.length === limit && limit < MOST && (
        <Button
          className={classes.more ?? ''}
          loading={isFetching}
          onClick={() => setLimit(Math.min(MOST, limit + PAGE))}
        >
          Show older ones
        </Button>
      )}
    </div>
  );
}

function merged(fetched: readonly Incident[], known: readonly Incident[]): Incident[] {
  const byId = new Map(fetched.map((incident) => [incident.id, incident]));
  for (const incident of known) byId.set(incident.id, incident);
  return [...byId.values()];
}

/** Its words stand in the address, so that a link finds the same. */
export function SearchBox({ q, onSearch }: { q: string; onSearch(q: string): void }) {
  return (
    <TextInput
      size="xs"
      className={classes.search ?? ''}
      aria-label="Find an incident"
      data-screen-find
      placeholder="Skill, error, note or #12"
      value={q}
      maxLength={100}
      onChange={(event) => onSearch(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && q !== '') onSearch('');
      }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        q !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => onSearch('')} />
      }
    />
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (filtered) {
    return (
      <div className="sw-card">
        <EmptyState
          icon={<IconSearchOff size={26} stroke={1.6} />}
          title="No incident is like that"
          action={<Button onClick={onClear}>Clear the filters</Button>}
        >
          There are others: the chips and the search hide them.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="sw-card">
      <EmptyState icon={<IconShieldCheck size={26} stroke={1.6} />} title="Nothing has gone wrong yet">
        When a check of a skill fails, an incident opens here: what is wrong, since when, what Skillward did
        about it, and what helped before.
      </EmptyState>
    </div>
  );
}
