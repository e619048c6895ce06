import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Check } from '../../../shared/model/health.ts';
import { call } from '../../bridge/call.ts';
import { LogLineRow } from '../../components/logs/log-line.tsx';
import classes from './check-log.module.css';

/** How far around a check the log is shown, ms: long enough for a traceback, short enough to be about this check. */
const BEFORE_MS = 5000;
const AFTER_MS = 2000;
const LINES = 40;

/** What the skill and the host wrote while this check ran: the exception behind a failure stands here. */
export function CheckLog({ skillId, check }: { skillId: string; check: Check }) {
  const after = check.at - (check.latencyMs ?? 0) - BEFORE_MS;
  const before = check.at + AFTER_MS;
  const { data, error } = useQuery({
    queryKey: ['logs', skillId, 'around', check.at],
    queryFn: async () =>
      (
        await call('logs.read', {
          skillId,
          after: Math.max(0, Math.floor(after)),
          before: Math.ceil(before),
          limit: LINES,
        })
      ).lines,
  });
  if (error !== null) return <p className={classes.note}>The log could not be read: {error.message}</p>;
  if (data === undefined)
    return <Skeleton height={48} radius="md" role="status" aria-label="Loading the log" />;
  if (data.length === 0) return <p className={classes.note}>Nothing was written around this check.</p>;
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.lines} tabIndex={0} aria-label="Written around this check">
      {data.map((line) => (
        <LogLineRow key={line.id} line={line} />
      ))}
    </section>
  );
}
