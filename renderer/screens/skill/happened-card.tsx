import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { storyOf } from '../../components/happened.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { Time } from '../../components/time.tsx';
import { errorMessage } from '../../components/toast.tsx';
import { useActions, useChecks } from '../../state/queries.ts';
import classes from './side-card.module.css';

/** Entries shown before somebody asks for more. */
const FIRST = 6;
const MORE = 30;

/** What was done and what turned, newest first: the story behind the chart. */
export function HappenedCard({ skillId }: { skillId: string }) {
  const actions = useActions(skillId, 100);
  const checks = useChecks(skillId, 500);
  const [all, setAll] = useState(false);
  const story = useMemo(() => storyOf(actions.data ?? [], checks.data ?? []), [actions.data, checks.data]);
  const shown = story.slice(0, all ? MORE : FIRST);
  const error = actions.error ?? checks.error;
  const loading = actions.isPending || checks.isPending;

  return (
    <section className={classes.card} aria-labelledby="happened-heading">
      <div className={classes.head}>
        <h2 id="happened-heading" className={classes.title}>
          What happened
        </h2>
        <Link
          className={classes.link}
          from="/skill/$skillId"
          to="."
          search={(search) => ({ ...search, tab: 'actions' })}
        >
          All actions
        </Link>
      </div>
      {loading && error === null && (
        <Skeleton height={120} radius="md" role="status" aria-label="Loading what happened" />
      )}
      {error !== null && story.length === 0 && (
        <p className={classes.nothing}>It could not be read: {errorMessage(error)}</p>
      )}
      {!loading && error === null && story.length === 0 && (
        <p className={classes.nothing}>Nothing to tell: no restart, no failure, no order.</p>
      )}
      <ol className={classes.story}>
        {shown.map(({ key, at, state, title, note }) => (
          <li key={key}>
            <StateIcon state={state} size={14} />
            <div>
              <span className={classes.what} title={title}>
                {title}
              </span>
              <span className={classes.note} title={note ?? undefined}>
                <Time at={at} style="clock" />
                {note !== null && ` · ${note}`}
              </span>
            </div>
          </li>
        ))}
      </ol>
      {story.length > FIRST && (
        <div className={classes.foot}>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={all}
            onClick={() => setAll((more) => !more)}
          >
            {all ? 'Show fewer' : `Show more (${Math.min(story.length, MORE) - FIRST})`}
          </Button>
        </div>
      )}
    </section>
  );
}
