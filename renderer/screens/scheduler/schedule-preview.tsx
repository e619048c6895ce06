import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Schedule } from '../../../shared/model/schedule.ts';
import { call } from '../../bridge/call.ts';
import { formatExact } from '../../components/format.ts';
import { scheduleInWords } from './schedule-in-words.ts';
import classes from './task-editor.module.css';

const TYPING_MS = 250;

/** The schedule in words, and its next five runs as the host would plan them. */
export function SchedulePreview({ schedule }: { schedule: Schedule | null }) {
  const [asked] = useDebouncedValue(schedule === null ? '' : JSON.stringify(schedule), TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ['schedule-preview', asked],
    queryFn: async () => (await call('scheduler.preview', { schedule: JSON.parse(asked) as Schedule })).runs,
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  return (
    <div className={classes.preview} role="status">
      {schedule === null ? (
        <p className={classes.hint}>Its next runs will stand here.</p>
      ) : error !== null ? (
        <p className={classes.problem}>{error.message}</p>
      ) : (
        <>
          <p className={classes.words}>{scheduleInWords(schedule)}</p>
          {data?.length === 0 ? (
            <p className={classes.problem}>This never comes: no such day exists.</p>
          ) : (
            <ol className={classes.runs} aria-label="Next runs">
              {data?.map((at) => (
                <li key={at}>{formatExact(at)}</li>
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
}
