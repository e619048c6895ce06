import { Link } from '@tanstack/react-router';
import type { SimilarIncident } from '../../../shared/model/action.ts';
import { headlineOf, severityOf } from '../../components/incidents/incident-words.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { Time } from '../../components/time.tsx';
import classes from './incident-screen.module.css';

/** Earlier incidents that look like this one, each with why. */
export function SimilarIncidents({ similar }: { similar: readonly SimilarIncident[] }) {
  return (
    <section className={classes.card} aria-labelledby="similar">
      <h2 id="similar" className={classes.title}>
        Similar ones before
      </h2>
      {similar.length === 0 && <p className={classes.nothing}>None on record: this is new.</p>}
      <ul className={classes.similar}>
        {similar.map(({ incident, why }) => (
          <li key={incident.id}>
            <StateIcon state={severityOf(incident).state} size={14} />
            <div>
              <Link
                to="/incidents/$incidentId"
                params={{ incidentId: String(incident.id) }}
                className={classes.what}
              >
                #{incident.id} {incident.skillId}: {headlineOf(incident.error)}
              </Link>
              <span className={classes.note}>
                {why} <Time at={incident.startedAt} />
              </span>
              {incident.note !== null && <span className={classes.note}>“{incident.note}”</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
