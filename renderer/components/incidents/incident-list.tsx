import { Button, Skeleton } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useIncidents } from '../../state/incident-queries.ts';
import { EmptyState } from '../empty-state.tsx';
import { errorMessage } from '../toast.tsx';
import classes from './incident-list.module.css';
import { IncidentTable } from './incident-table.tsx';
import { inReadingOrder } from './incident-words.ts';

const PAGE = 50;

/** Every incident of one skill, those that go on first. */
export function IncidentList({ skillId }: { skillId: string }) {
  const [limit, setLimit] = useState(PAGE);
  const { data, error, isFetching, refetch } = useIncidents(limit, skillId);
  const incidents = useMemo(() => inReadingOrder(data ?? []), [data]);
  if (data === undefined && error !== null) {
    return (
      <EmptyState
        title="The incidents could not be loaded"
        action={<Button onClick={() => void refetch()}>Try again</Button>}
      >
        {errorMessage(error)}
      </EmptyState>
    );
  }
  if (data === undefined)
    return <Skeleton height={160} radius="lg" role="status" aria-label="Loading the incidents" />;
  if (incidents.length === 0) {
    return (
      <EmptyState icon={<IconShieldCheck size={26} stroke={1.6} />} title="No incident on record">
        When a check of {skillId} fails, an incident opens here with the error, what was done about it, and
        what helped before.
      </EmptyState>
    );
  }
  return (
    <section className={classes.list} aria-label="Incidents">
      <IncidentTable incidents={incidents} showSkill={false} label={`Incidents of ${skillId}`} />
      {data.length === limit && (
        <Button className={classes.more ?? ''} loading={isFetching} onClick={() => setLimit(limit + PAGE)}>
          Show older ones
        </Button>
      )}
    </section>
  );
}
