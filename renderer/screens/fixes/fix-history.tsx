import { useQuery } from '@tanstack/react-query';
import type { FixHistoryEntry } from '../../../shared/model/fix.ts';
import { call } from '../../bridge/call.ts';
import { Time } from '../../components/time.tsx';
import { errorMessage } from '../../components/toast.tsx';
import classes from './fix-history.module.css';

const WORDS: Readonly<Record<FixHistoryEntry['kind'], string>> = {
  recorded: 'Recorded',
  edited: 'Edited, before',
  merged: 'Took over another fix',
  applied: 'Applied',
  worked: 'Worked',
  failed: 'Did not help',
  imported: 'Imported',
};

/** What became of a fix since it was recorded, newest first. */
export function FixHistory({ fixId, learntOn }: { fixId: number; learntOn?: string | undefined }) {
  const { data, error } = useQuery({
    queryKey: ['fix-history', null, fixId],
    queryFn: async () => (await call('fix.history', { fixId })).entries,
  });
  if (error !== null) return <p className={classes.note}>It could not be read: {errorMessage(error)}</p>;
  return (
    <ol className={classes.history}>
      {data?.map((entry) => (
        <li key={`${entry.at} ${entry.kind} ${entry.detail}`}>
          <span className={classes.when}>
            <Time at={entry.at} />
          </span>
          <span className={classes.what}>
            {WORDS[entry.kind]}
            {entry.kind === 'recorded' && learntOn !== undefined && ` on ${learntOn}`}
            {entry.skillId !== null && ` · ${entry.skillId}`}
            {entry.detail !== '' && entry.kind !== 'recorded' && entry.kind !== 'imported' && (
              <span className={classes.note}>: {entry.detail}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
