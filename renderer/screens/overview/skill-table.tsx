import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';
import type { Heartbeats } from '../../state/queries.ts';
import { ranges } from '../../state/ranges.ts';
import { useRange } from '../../state/use-range.ts';
import { columns } from './columns.ts';
import { type MenuPlace, RowMenu } from './row-menu.tsx';
import { SkillRow } from './skill-row.tsx';
import classes from './skill-table.module.css';
import { defaultSorting, type SortColumn, type Sorting } from './sorting.ts';
import { useVisibleRows } from './use-visible-rows.ts';

/**
 * Every skill in a row. One row at a time is in the tab order: arrows, Home and End move between rows, the skill
 * shortcuts work on the row that has the focus, right click opens its menu.
 */
export function SkillTable(props: {
  ids: readonly string[];
  /** What stands over the table in the scrolled screen. */
  above: RefObject<HTMLElement | null>;
  heartbeats: Heartbeats | undefined;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}) {
  const { ids, above, heartbeats, sorting, onSort } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [rangeId] = useRange();
  const range = ranges[rangeId];
  // While another range is on its way the bars keep the old one, and say so.
  const drawn = heartbeats?.range ?? range;
  const rows = useVisibleRows(ids, above);
  const tabbable = current !== null && rows.ids.includes(current) ? current : rows.ids[0];

  function onKeyDown(event: KeyboardEvent): void {
    const at = current === null ? -1 : ids.indexOf(current);
    const wanted = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: ids.length - 1 }[event.key];
    if (wanted === undefined || at < 0) return;
    event.preventDefault();
    const index = Math.min(ids.length - 1, Math.max(0, wanted));
    setCurrent(ids[index] ?? null);
    rows.scrollTo(index);
    // A row far away is drawn only after the scroll.
    requestAnimationFrame(() => requestAnimationFrame(() => focusRow(body.current, index)));
  }

  const openMenu = useCallback((place: MenuPlace) => setMenu(place), []);

  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-rowcount={ids.length + 1}>
        <caption>
          <VisuallyHidden>Skills, {drawn.words}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map(({ id, label, title, right }) => (
              <th
                key={id}
                scope="col"
                data-column={id}
                data-right={right || undefined}
                aria-sort={
                  id === sorting.column ? (sorting.reversed ? 'descending' : 'ascending') : undefined
                }
              >
                {id === 'beats' ? (
                  `Last ${drawn.label}`
                ) : (
                  <SortButton id={id} label={label} title={title} sorting={sorting} onSort={onSort} />
                )}
              </th>
            ))}
            <th scope="col" data-column="menu">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          <Gap height={rows.above} />
          {rows.ids.map((id, index) => (
            <SkillRow
              key={id}
              skillId={id}
              rowIndex={rows.first + index}
              heartbeat={heartbeats?.bySkill[id]}
              loading={heartbeats === undefined}
              range={drawn}
              from={heartbeats?.from ?? 0}
              tabbable={id === tabbable}
              onFocused={setCurrent}
              onMenu={openMenu}
            />
          ))}
          <Gap height={rows.below} />
        </tbody>
      </table>
      {menu !== null && <RowMenu place={menu} onClose={() => setMenu(null)} />}
    </div>
  );
}

function focusRow(body: HTMLElement | null, index: number): void {
  body?.querySelector<HTMLElement>(`tr[data-row="${index}"] a`)?.focus();
}

/** Stands for rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height === 0 ? null : <tr style={{ height }} className={classes.gap} />;
}

function SortButton(props: {
  id: SortColumn;
  label: string;
  title: string | undefined;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}) {
  const { id, sorting, onSort } = props;
  const on = id === sorting.column;
  const Arrow = sorting.reversed ? IconArrowDown : IconArrowUp;
  function press(): void {
    if (!on) onSort({ column: id, reversed: false });
    else if (!sorting.reversed) onSort({ column: id, reversed: true });
    else onSort({ ...defaultSorting });
  }
  return (
    <button type="button" className={classes.sort} title={props.title} onClick={press}>
      {props.label}
      {on && <Arrow size={12} stroke={2} aria-hidden="true" />}
    </button>
  );
}
