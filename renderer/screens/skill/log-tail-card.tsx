import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatBytes, plural } from '../../components/format.ts';
import { LogLineRow } from '../../components/logs/log-line.tsx';
import { errorMessage } from '../../components/toast.tsx';
import { useLogs } from '../../state/queries.ts';
import classes from './log-tail-card.module.css';

/** Lines shown: enough for the end of a traceback. */
const LINES = 12;

/** The last words of the skill, where a failure explains itself. */
export function LogTailCard({ skillId }: { skillId: string }) {
  const { data, error } = useLogs(skillId, 60);
  const lines = [...(data?.lines ?? [])].sort((one, other) => one.id - other.id).slice(-LINES);
  return (
    <section className={classes.card} aria-labelledby="tail-heading">
      <div className={classes.head}>
        <h2 id="tail-heading" className={classes.title}>
          Last output
        </h2>
        {lines.length > 0 && <span className={classes.note}>{plural(lines.length, 'line', 'lines')}</span>}
        {data !== undefined && data.droppedBytes > 0 && (
          <span className={classes.note}>{formatBytes(data.droppedBytes)} dropped</span>
        )}
        <Link
          className={classes.link}
          from="/skill/$skillId"
          to="."
          search={(search) => ({ ...search, tab: 'logs' })}
        >
          Open the log
        </Link>
      </div>
      {data === undefined && error === null && (
        <Skeleton height={90} radius="md" role="status" aria-label="Loading the last output" />
      )}
      {data === undefined && error !== null && (
        <p className={classes.note}>The log could not be read: {errorMessage(error)}</p>
      )}
      {data !== undefined && lines.length === 0 && (
        <p className={classes.note}>It has written nothing yet.</p>
      )}
      {lines.length > 0 && (
        <div className={classes.lines}>
          {lines.map((line) => (
            <LogLineRow key={line.id} line={line} />
          ))}
        </div>
      )}
    </section>
  );
}
