import { IconClockExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo, useId } from 'react';
import type { FleetCounts, FleetHost } from '../../../shared/model/fleet.ts';
import type { StateKind } from '../../components/display-state.ts';
import { hostState, skewWords } from '../../components/fleet/host-words.ts';
import { formatBytes, formatCount, formatLatency } from '../../components/format.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { useIsHostSelected } from '../../state/selection.ts';
import { labelsOf } from './fleet-filter.ts';
import classes from './host-table.module.css';

interface RowProps {
  readonly host: FleetHost;
  readonly rowIndex: number;
  readonly usual: string | null;
  readonly tabbable: boolean;
  readonly onFocused: (hostId: string) => void;
  readonly onSelect: (hostId: string, upTo: boolean) => void;
}

/** One host. A change of one draws one row: the others are the same objects as before. */
export const HostRow = memo(function HostRow(props: RowProps) {
  const { host, rowIndex, usual, tabbable, onFocused, onSelect } = props;
  const nameId = useId();
  const selected = useIsHostSelected(host.hostId);
  const tabIndex = tabbable ? 0 : -1;
  const skew = skewWords(host);
  const labels = labelsOf(host);
  const unknown = host.state === 'unknown';
  return (
    <tr
      data-row={rowIndex}
      aria-rowindex={rowIndex + 2}
      data-selected={selected || undefined}
      data-unknown={unknown || undefined}
      onFocus={() => onFocused(host.hostId)}
    >
      <td data-column="select">
        <input
          type="checkbox"
          className={classes.box}
          aria-labelledby={nameId}
          title="Select"
          checked={selected}
          tabIndex={tabIndex}
          onChange={({ nativeEvent }) =>
            onSelect(host.hostId, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
          }
        />
      </td>
      <th scope="row" data-column="host">
        <Link
          id={nameId}
          to="/"
          search={{ host: host.state === 'here' ? undefined : host.hostId }}
          className={classes.name}
          tabIndex={tabIndex}
          title={`${host.hostId} · ${host.platform}`}
        >
          {host.name}
        </Link>
        <span className={classes.below} title={labels.join('\n')}>
          {[...(host.state === 'here' ? ['this host'] : []), ...labels].join(' · ') || host.hostId}
        </span>
      </th>
      <td data-column="state">
        <StatusPill {...hostState(host)} />
        {skew !== null && (
          <span className={classes.skew} title="Times of its events and logs are by its own clock.">
            <IconClockExclamation size={14} stroke={1.8} aria-hidden="true" /> {skew}
          </span>
        )}
      </td>
      <td data-column="skills">{host.counts === null ? '–' : <Counts counts={host.counts} />}</td>
      <td data-column="incidents">{host.counts === null ? '–' : formatCount(host.counts.openIncidents)}</td>
      <td data-column="heard">
        {host.state === 'here' ? 'now' : <Time at={host.lastHeardAt} style="heard" none="never" />}
      </td>
      <td data-column="version">
        {host.version}
        {usual !== null && host.version !== usual && (
          <span className={classes.below} title={`Most hosts run ${usual}.`}>
            differs
          </span>
        )}
      </td>
      <td data-column="load">
        {host.loopLagP99Ms === null ? '–' : formatLatency(host.loopLagP99Ms)}
        <span className={classes.below}>{host.rssBytes === null ? '' : formatBytes(host.rssBytes)}</span>
      </td>
      <td data-column="role">
        {host.state === 'here' || host.role === 'operator' ? 'look and act' : 'look'}
      </td>
    </tr>
  );
});

const shapes: readonly (readonly [keyof FleetCounts, StateKind, string])[] = [
  ['failing', 'bad', 'failing'],
  ['quarantined', 'quar', 'quarantined'],
  ['degraded', 'warn', 'degraded'],
  ['healthy', 'ok', 'healthy'],
  ['other', 'off', 'not in service or not checked yet'],
];

/** Skills by health, each by shape and number; what nobody is in is left out. */
function Counts({ counts }: { counts: FleetCounts }) {
  return (
    <span className={classes.counts}>
      {shapes.map(([key, state, word]) => {
        const count = counts[key];
        return (
          count > 0 && (
            <span key={key} title={`${count} ${word}`}>
              <StateIcon state={state} size={13} />
              {formatCount(count)}
              <span className={classes.hidden}> {word}</span>
            </span>
          )
        );
      })}
      {counts.skills === 0 && 'none'}
    </span>
  );
}
