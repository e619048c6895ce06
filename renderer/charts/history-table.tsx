import { Table } from '@mantine/core';
import { memo } from 'react';
import { formatLatency } from '../components/format.ts';
import type { HistoryRow } from './history-rows.ts';
import classes from './history-table.module.css';
import { marksText } from './marks.ts';
import { stretchText } from './stretch-text.ts';

export interface HistoryTableProps {
  readonly rows: readonly HistoryRow[];
  /** Read out as the name of the table. */
  readonly caption: string;
}

/** The numbers behind the chart, newest first: the same data for those a drawing does not serve. */
export const HistoryTable = memo(function HistoryTable({ rows, caption }: HistoryTableProps) {
  const now = Date.now();
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} tabIndex={0} aria-label={caption}>
      <Table stickyHeader className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Time</Table.Th>
            <Table.Th scope="col">Healthy</Table.Th>
            <Table.Th scope="col">Degraded</Table.Th>
            <Table.Th scope="col">Failed</Table.Th>
            <Table.Th scope="col">Unreachable</Table.Th>
            <Table.Th scope="col">p50</Table.Th>
            <Table.Th scope="col">p95</Table.Th>
            <Table.Th scope="col">Slowest</Table.Th>
            <Table.Th scope="col">Happened</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ bucket, marks }) => (
            <Table.Tr key={bucket.from} data-bad={bucket.failed + bucket.unreachable > 0 || undefined}>
              <Table.Th scope="row">{stretchText(bucket.from, bucket.to, now)}</Table.Th>
              <Table.Td>{bucket.healthy}</Table.Td>
              <Table.Td>{bucket.degraded}</Table.Td>
              <Table.Td>{bucket.failed}</Table.Td>
              <Table.Td>{bucket.unreachable}</Table.Td>
              <Table.Td>{latency(bucket.p50Ms)}</Table.Td>
              <Table.Td>{latency(bucket.p95Ms)}</Table.Td>
              <Table.Td>{latency(bucket.maxMs)}</Table.Td>
              <Table.Td>{marksText(marks)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length === 0 && <p className={classes.empty}>No checks in this stretch.</p>}
    </section>
  );
});

function latency(ms: number | null): string {
  return ms === null ? '–' : formatLatency(ms);
}
