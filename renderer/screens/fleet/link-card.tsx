import type { FleetFinding, FleetLink } from '../../../shared/model/fleet.ts';
import { linkStates } from '../../components/fleet/link-words.ts';
import { formatCount } from '../../components/format.ts';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import classes from './fleet-screen.module.css';

/** How this host stands with the broker: what is wrong, what is lost by it, when it is tried again. */
export function LinkCard({ link }: { link: FleetLink }) {
  return (
    <section className={`sw-card ${classes.link}`} aria-label="Link to the fleet">
      <StatusPill {...linkStates[link.state]} />
      <p>
        {link.problem ?? (link.server === null ? 'This host is in no fleet.' : `Through ${link.server}.`)}{' '}
        {/* Of a broker that cannot be reached the problem itself says so. */}
        {(link.state === 'refused' || link.state === 'duplicate') && (
          <>This host goes on supervising its own skills. </>
        )}
        {link.nextAttemptAt !== null && (
          <>
            Next attempt <Time at={link.nextAttemptAt} style="in" />.
          </>
        )}
        {link.keepsEvents === false && (
          <span className={classes.note}>
            The broker keeps no events: other hosts are shown by snapshots.
          </span>
        )}
      </p>
      {link.dropped > 0 && (
        <span className={classes.note}>
          {formatCount(link.dropped)} of this host’s events were given up while the broker was away
        </span>
      )}
      <span className={classes.note}>
        for <Time at={link.since} style="since" />
      </span>
    </section>
  );
}

/** Why fixes are not exchanged, and what to do: the words of `skillward fleet doctor`. */
export function FixTroubleCard({ trouble }: { trouble: FleetFinding }) {
  return (
    <section className={`sw-card ${classes.link}`} aria-label="Shared fixes">
      <StatusPill state="warn" word="Shared fixes" />
      <p>
        {trouble.what} {trouble.todo}
      </p>
    </section>
  );
}
