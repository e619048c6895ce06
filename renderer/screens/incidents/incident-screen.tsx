import { Button, Skeleton } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { headlineOf } from '../../components/incidents/incident-words.ts';
import { ButtonLink } from '../../components/links.tsx';
import { RepairAdvice } from '../../components/repair-advice.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { SuggestedFix } from '../../components/suggested-fix.tsx';
import { errorMessage } from '../../components/toast.tsx';
import { useHost } from '../../state/host-store.ts';
import { type IncidentStory, useIncidentStory } from '../../state/incident-queries.ts';
import { IncidentButtons } from './incident-buttons.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentLog } from './incident-log.tsx';
import classes from './incident-screen.module.css';
import { IncidentTimeline } from './incident-timeline.tsx';
import { SimilarIncidents } from './similar-incidents.tsx';

/** One incident: what is wrong, what happened, what helped before, and what people say about it. */
export function IncidentScreen() {
  const { incidentId } = useParams({ from: '/incidents/$incidentId' });
  const id = /^\d{1,15}$/.test(incidentId) ? Number(incidentId) : 0;
  return id === 0 ? (
    <NoSuchIncident what={`“${incidentId.slice(0, 40)}” is no incident.`} />
  ) : (
    <Known key={id} id={id} />
  );
}

function Known({ id }: { id: number }) {
  const { data, error, refetch } = useIncidentStory(id);
  // Acknowledged elsewhere, or over by now: the page of a single incident shows it at once.
  const live = useHost((state) => state.incidents.find((incident) => incident.id === id));
  useEffect(() => {
    if (live?.state !== data?.incident.state && data !== undefined) void refetch();
  }, [live?.state, data, refetch]);
  if (data !== undefined) return <Story story={{ ...data, incident: live ?? data.incident }} />;
  if (error === null) {
    return (
      <>
        <ScreenHeader title={`Incident #${id}`} />
        <Skeleton height={320} radius="lg" role="status" aria-label="Loading the incident" />
      </>
    );
  }
  return <NoSuchIncident what={errorMessage(error)} retry={() => void refetch()} />;
}

function Story({ story }: { story: IncidentStory }) {
  const { actions, checks, incident, logs, similar } = story;
  return (
    <>
      <ScreenHeader title={`Incident #${incident.id}`} aside={incident.skillId}>
        <IncidentButtons incident={incident} />
      </ScreenHeader>
      <p className={classes.headline}>{headlineOf(incident.error)}</p>
      <IncidentFacts incident={incident} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <IncidentTimeline incident={incident} actions={actions} checks={checks} />
          <IncidentLog incident={incident} lines={logs} />
        </div>
        <div className={classes.column}>
          <section className={classes.card} aria-labelledby="fixed-before">
            <h2 id="fixed-before" className={classes.title}>
              What fixed it before
            </h2>
            <SuggestedFix skillId={incident.skillId} error={incident.error} />
            {incident.endedAt === null && <RepairAdvice skillId={incident.skillId} error={incident.error} />}
          </section>
          <SimilarIncidents similar={similar} />
        </div>
      </div>
    </>
  );
}

function NoSuchIncident({ what, retry }: { what: string; retry?: () => void }) {
  return (
    <>
      <ScreenHeader title="Incident" />
      <EmptyState
        icon={<IconSearchOff size={26} stroke={1.6} />}
        title="This incident cannot be shown"
        action={
          <>
            {retry !== undefined && <Button onClick={retry}>Try again</Button>}
            <ButtonLink to="/incidents" variant="filled">
              All incidents
            </ButtonLink>
          </>
        }
      >
        {what}
      </EmptyState>
    </>
  );
}
