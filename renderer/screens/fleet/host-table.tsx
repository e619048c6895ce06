import { VisuallyHidden } from '@mantine/core';
import { type RefObject, useCallback, useRef } from 'react';
import shared from '../../components/row-table.module.css';
import { select, useRoving } from '../../components/use-roving.ts';
import { useVisibleRows } from '../../components/use-visible-rows.ts';
import type { Fleet } from '../../state/fleet.ts';
import { changeHosts, hostSelection, nothingSelected, useHostSelection } from '../../state/selection.ts';
import { HostRow } from './host-row.tsx';
import classes from './host-table.module.css';

/** Height of a row in px, as in the style sheet. */
const ROW = 53;

const columns = [
  ['state', 'State'],
  ['skills', 'Skills'],
  ['incidents', 'Open incidents'],
  ['heard', 'Last heard'],
  ['version', 'Version'],
  ['load', 'Load'],
  ['role', 'You may'],
] as const;

/** Every host in a row. One row at a time is in the tab order, Space selects, Enter shows the host. */
export function HostTable(props: {
  ids: readonly string[];
  hosts: Fleet['hosts'];
  /** What stands over the table in the scrolled screen. */
  above: RefObject<HTMLElement | null>;
  /** The version most hosts run; null while all run the same. */
  usual: string | null;
  /** Told while somebody points at a row or is in one: then no row may move. */
  onHold: (hold: boolean) => void;
}) {
  const { ids, hosts, above, usual, onHold } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useVisibleRows(ids, above, ROW);
  const roving = useRoving(ids, rows.ids, body, {
    selection: hostSelection,
    sideways: false,
    scrollTo: rows.scrollTo,
  });
  const shown = useRef(ids);
  shown.current = ids;
  const onSelect = useCallback(
    (hostId: string, upTo: boolean) => select(hostSelection, shown.current, hostId, upTo),
    [],
  );
  return (
    <div className={shared.frame}>
      <table className={`${shared.table} ${classes.table}`} aria-rowcount={ids.length + 1}>
        <caption>
          <VisuallyHidden>Hosts of the fleet</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col" data-column="select">
              <SelectAllHosts ids={ids} />
            </th>
            <th scope="col" data-column="host">
              Host
            </th>
            {columns.map(([id, label]) => (
              <th key={id} scope="col" data-column={id}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          ref={body}
          onKeyDown={roving.onKeyDown}
          onPointerEnter={() => onHold(true)}
          onPointerLeave={() => onHold(false)}
          onFocus={() => onHold(true)}
          onBlur={() => onHold(false)}
        >
          <Gap height={rows.above} />
          {rows.ids.map((hostId, index) => {
            const host = hosts[hostId];
            return (
              host !== undefined && (
                <HostRow
                  key={hostId}
                  host={host}
                  rowIndex={rows.first + index}
                  usual={usual}
                  tabbable={hostId === roving.tabbable}
                  onFocused={roving.onFocused}
                  onSelect={onSelect}
                />
              )
            );
          })}
          <Gap height={rows.below} />
        </tbody>
      </table>
    </div>
  );
}

function SelectAllHosts({ ids }: { ids: readonly string[] }) {
  const { ids: selected } = useHostSelection();
  const all = ids.every((id) => selected.has(id));
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label="Select all hosts"
      title="Select all hosts"
      checked={all}
      ref={(box) => {
        if (box !== null) box.indeterminate = !all && selected.size > 0;
      }}
      onChange={() => changeHosts(() => (all ? nothingSelected : { ids: new Set(ids), anchor: null }))}
    />
  );
}

/** Stands for rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height === 0 ? null : <tr style={{ height }} className={shared.gap} />;
}
