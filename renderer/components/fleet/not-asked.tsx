import type { FromHosts } from '../../state/fleet-queries.ts';
import { plural } from '../format.ts';
import { StateIcon } from '../state-icon.tsx';
import { HostMark } from './host-mark.tsx';
import classes from './not-asked.module.css';

/** Says whose part is missing: a list of several hosts must not look whole when it is not. */
export function NotAsked({ from, most }: { from: FromHosts<unknown>; most: number }) {
  if (from.silent.length === 0 && from.left === 0) return null;
  return (
    <ul className={classes.list} aria-label="Not everything is here">
      {from.left > 0 && (
        <li>
          <StateIcon state="none" size={14} />
          {`${plural(from.left, 'host', 'hosts')} more: ${most} are asked at once, those with most open incidents.`}
        </li>
      )}
      {from.silent.map(({ hostId, problem }) => (
        <li key={hostId}>
          <StateIcon state="none" size={14} />
          <HostMark hostId={hostId} />
          <span>{problem}</span>
        </li>
      ))}
    </ul>
  );
}
