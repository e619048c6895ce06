import { useCallback } from 'react';
import { formatBytes, formatIn, plural } from '../components/format.ts';
import { useHost } from '../state/host-store.ts';
import { useRuntimeStatus } from '../state/queries.ts';
import { nextCheckAt } from '../state/selectors.ts';
import { useTicking } from '../state/ticker.ts';
import classes from './host-footer.module.css';

const words = {
  connecting: 'Connecting…',
  live: 'Live',
  stale: 'Not answering',
  unheard: 'Not heard from',
  lost: 'Not connected',
  unauthorized: 'Not let in',
} as const;

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** How the host is: whether what is shown is live, what it watches, when it looks next, what it costs. */
export function HostFooter() {
  const connection = useHost((state) => state.connection.kind);
  const total = useHost((state) => state.order.length);
  const loaded = useHost((state) => state.loaded);
  const next = useHost(nextCheckAt);
  const nextIn = useTicking(useCallback((now) => (next === null ? null : formatIn(next, now)), [next]));
  const { data: host } = useRuntimeStatus();
  return (
    <div className={classes.footer}>
      <span className={classes.live} data-kind={connection} title={words[connection]}>
        <span className={classes.words}>{words[connection]}</span>
      </span>
      {loaded && (
        <span className={classes.words}>
          {plural(total, 'skill', 'skills')}
          {nextIn !== null && connection === 'live' && ` · next ${nextIn}`}
        </span>
      )}
      {host !== undefined && (
        <span className={classes.words}>
          host {percent.format(host.cpuShare)} CPU · {formatBytes(host.memoryBytes)}
        </span>
      )}
    </div>
  );
}
