import { Table } from '@mantine/core';
import { memo } from 'react';
import { formatDuration } from '../components/format.ts';
import { StateIcon } from '../components/state-icon.tsx';
import classes from './history-table.module.css';
import { marksText } from './marks.ts';
import { SEGMENT_WORDS } from './segment-words.ts';
import type { StateRow } from './state-rows.ts';
import { stretchText } from './stretch-text.ts';

export interface StatesTableProps {
  readonly rows: readonly StateRow[];
  /** Read out as the name of the table. */
  readonly caption: string;
}

/** The stretches of the state timeline, newest first: the same data for those a drawing does not serve. */
export const StatesTable = memo(function StatesTable({ rows, caption }: StatesTableProps) {
  const now = Date.now();
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} tabIndex={0} aria-label={caption}>
      <Table stickyHeader className={`${classes.table} ${classes.words}`}>
        <caption className={classes.caption}>{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Time</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col">Lasted</Table.Th>
            <Table.Th scope="col">Happened</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ segment: { from, to, state }, marks }) => (
            <Table.Tr key={from} data-bad={state === 'bad' || undefined}>
              <Table.Th scope="row">{stretchText(from, to, now)}</Table.Th>
              <Table.Td>
                <span className={classes.state}>
                  <StateIcon state={state} size={13} />
                  {SEGMENT_WORDS[state]}
                </span>
              </Table.Td>
              <Table.Td>{formatDuration(to - from)}</Table.Td>
              <Table.Td>{marksText(marks)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
});
