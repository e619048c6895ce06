import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Action, Incident } from '../../../shared/model/action.ts';
import type { Check } from '../../../shared/model/health.ts';
import { formatClockSeconds } from '../../components/format.ts';
import { storyOf } from '../../components/happened.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import classes from './incident-screen.module.css';
import { withNotices } from './timeline.ts';

const FIRST = 12;

/** Checks that turned, restarts, quarantine, notices and what people said, newest first. */
export function IncidentTimeline(props: {
  incident: Incident;
  actions: readonly Action[];
  checks: readonly Check[];
}) {
  const { actions, checks, incident } = props;
  const [all, setAll] = useState(false);
  const story = useMemo(() => withNotices(storyOf(actions, checks), actions), [actions, checks]);
  const shown = all ? story : story.slice(0, FIRST);
  return (
    <section className={classes.card} aria-labelledby="timeline">
      <h2 id="timeline" className={classes.title}>
        What happened
      </h2>
      {story.length === 0 && (
        <p className={classes.nothing}>
          The checks and actions of that time are no longer kept. The settings say for how long.
        </p>
      )}
      <ol className={classes.story}>
        {shown.map(({ at, key, note, state, title }) => (
          <li key={key} data-before={at < incident.startedAt || undefined}>
            <StateIcon state={state} size={14} />
            <time dateTime={new Date(at).toISOString()}>{formatClockSeconds(at)}</time>
            <div>
              <span className={classes.what}>{title}</span>
              {note !== null && <span className={classes.note}>{note}</span>}
            </div>
          </li>
        ))}
      </ol>
      {story.length > FIRST && (
        <Button variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${story.length}`}
        </Button>
      )}
    </section>
  );
}
