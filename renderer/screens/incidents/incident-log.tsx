import type { Incident } from '../../../shared/model/action.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import { AnchorLink } from '../../components/links.tsx';
import { LogLineRow } from '../../components/logs/log-line.tsx';
import classes from './incident-screen.module.css';

/** What is shown before it began and after it ended, ms. */
const AROUND_MS = 60_000;

/** The lines of the log around the first and the last failure. */
export function IncidentLog({ incident, lines }: { incident: Incident; lines: readonly LogLine[] }) {
  const { endedAt, lastSeenAt, skillId, startedAt } = incident;
  const since = Math.max(0, startedAt - AROUND_MS);
  const until = (endedAt ?? lastSeenAt) + AROUND_MS;
  return (
    <section className={classes.card} aria-labelledby="log-around">
      <div className={classes.head}>
        <h2 id="log-around" className={classes.title}>
          The log around it
        </h2>
        <AnchorLink to="/logs" search={{ skills: [skillId], since, until }} size="sm">
          All of that time
        </AnchorLink>
      </div>
      {lines.length === 0 ? (
        <p className={classes.nothing}>It wrote nothing then, or the lines are no longer kept.</p>
      ) : (
        // Scrolled by keyboard, too: it can be longer than its box.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
        <section className={classes.log} tabIndex={0} aria-label="Lines of the log">
          {lines.map((line) => (
            <LogLineRow key={line.id} line={line} />
          ))}
        </section>
      )}
    </section>
  );
}
