import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, type RefObject, useCallback, useRef, useState } from 'react';
import shared from '../../components/row-table.module.css';
import { select, useRoving } from '../../components/use-roving.ts';
import { useVisibleRows } from '../../components/use-visible-rows.ts';
import type { Heartbeats } from '../../state/queries.ts';
import { ranges } from '../../state/ranges.ts';
import { skillSelection } from '../../state/selection.ts';
import { useRange } from '../../state/use-range.ts';
import { columns } from './columns.ts';
import { type MenuPlace, RowMenu } from './row-menu.tsx';
import { SelectAll } from './select-all.tsx';
import { SkillRow } from './skill-row.tsx';
import classes from './skill-table.module.css';
import { defaultSorting, type SortColumn, type Sorting } from './sorting.ts';

/** Heights of a row in px, as in the style sheet. */
const ROW = 43;
const COMPACT_ROW = 31;

/**
 * Every skill in a row. One row at a time is in the tab order (`use-roving.ts`), the skill shortcuts work on the row
 * that has the focus or on all that are selected, right click opens its menu. Rows read their own skill: the table is
 * drawn when other rows are in it, not when a skill changes.
 */
export const SkillTable = memo(function SkillTable(props: {
  ids: readonly string[];
  /** What stands over the table in the scrolled screen. */
  above: RefObject<HTMLElement | null>;
  heartbeats: Heartbeats | undefined;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  compact: boolean;
}) {
  const { ids, above, heartbeats, sorting, onSort, compact } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [rangeId] = useRange();
  const range = ranges[rangeId];
  // While another range is on its way the bars keep the old one, and say so.
  const drawn = heartbeats?.range ?? range;
  const rows = useVisibleRows(ids, above, compact ? COMPACT_ROW : ROW);
  const roving = useRoving(ids, rows.ids, body, {
    selection: skillSelection,
    sideways: false,
    scrollTo: rows.scrollTo,
  });
  const shown = useRef(ids);
  shown.current = ids;
  const onSelect = useCallback(
    (id: string, upTo: boolean) => select(skillSelection, shown.current, id, upTo),
    [],
  );

  const openMenu = useCallback((place: MenuPlace) => setMenu(place), []);

  return (
    <div className={shared.frame}>
      <table
        className={`${shared.table} ${classes.table}`}
        data-compact={compact || undefined}
        aria-rowcount={ids.length + 1}
      >
        <caption>
          <VisuallyHidden>Skills, {drawn.words}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col" data-column="select">
              <SelectAll ids={ids} />
            </th>
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
        <tbody ref={body} onKeyDown={roving.onKeyDown}>
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
              tabbable={id === roving.tabbable}
              onFocused={roving.onFocused}
              onMenu={openMenu}
              onSelect={onSelect}
            />
          ))}
          <Gap height={rows.below} />
        </tbody>
      </table>
      {menu !== null && <RowMenu place={menu} onClose={() => setMenu(null)} />}
    </div>
  );
});

/** Stands for rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height === 0 ? null : <tr style={{ height }} className={shared.gap} />;
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
