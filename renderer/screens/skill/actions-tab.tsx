import { Button, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Action } from '../../../shared/model/action.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { toCsv } from '../../charts/csv.ts';
import { downloadCsv } from '../../charts/download.ts';
import { csvFileName } from '../../charts/history-rows.ts';
import { actionWords, originWords } from '../../components/happened.ts';
import segments from '../../components/range-control.module.css';
import { StateIcon } from '../../components/state-icon.tsx';
import { Time } from '../../components/time.tsx';
import { useActions } from '../../state/queries.ts';
import { LoadTrouble } from './load-trouble.tsx';
import classes from './panel.module.css';

type Filter = 'all' | 'monitor' | 'people';
const FILTERS = [
  { value: 'all', label: 'All' },
  { value: 'monitor', label: 'By itself' },
  { value: 'people', label: 'By people' },
] as const;
/** The most the host gives at once. */
const LIMIT = 1000;

/** Everything that was done to the skill, by whom and why. */
export function ActionsTab({ skill }: { skill: Skill }) {
  const { data, error, refetch } = useActions(skill.id, LIMIT);
  const [filter, setFilter] = useState<Filter>('all');
  const shown = useMemo(() => data?.filter((action) => belongs(action, filter)) ?? [], [data, filter]);

  return (
    <section className={classes.panel} aria-label="Actions">
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          classNames={segments}
          aria-label="Who acted"
          data={[...FILTERS]}
          value={filter}
          onChange={(next) => setFilter(next as Filter)}
        />
        <Button
          className={classes.push ?? ''}
          variant="subtle"
          size="compact-xs"
          leftSection={<IconDownload size={14} />}
          disabled={shown.length === 0}
          onClick={() => downloadCsv(csvFileName(`${skill.id}-actions`, Date.now()), actionsCsv(shown))}
        >
          CSV
        </Button>
      </div>
      {data === undefined && error === null && (
        <Skeleton height={240} radius="md" role="status" aria-label="Loading the actions" />
      )}
      {data === undefined && error !== null && (
        <LoadTrouble what="The actions" error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && shown.length === 0 && (
        <p className={classes.nothing}>
          {data.length === 0 ? 'Nothing has been done to it yet.' : 'No such action among the latest.'}
        </p>
      )}
      {shown.length > 0 && (
        <div className={classes.scroll}>
          <Table className={classes.table ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">When</Table.Th>
                <Table.Th scope="col">What</Table.Th>
                <Table.Th scope="col">Who</Table.Th>
                <Table.Th scope="col">Why</Table.Th>
                <Table.Th scope="col">Result</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((action) => (
                <ActionRow key={action.id} action={action} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function ActionRow({ action }: { action: Action }) {
  const words = actionWords(action.kind) ?? { state: 'none' as const, title: 'Told people' };
  const failed = action.result.startsWith('failed');
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={action.at} style="clock" />
      </Table.Td>
      <Table.Td>
        <span className={classes.what}>
          <StateIcon state={failed ? 'bad' : words.state} size={14} />
          {words.title}
        </span>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{originWords(action.origin)}</Table.Td>
      <Table.Td className={classes.reason ?? ''}>{action.reason}</Table.Td>
      <Table.Td className={failed ? (classes.failed ?? '') : ''}>{action.result}</Table.Td>
    </Table.Tr>
  );
}

function belongs(action: Action, filter: Filter): boolean {
  if (filter === 'all') return true;
  return filter === 'people' ? action.origin === 'user' : action.origin !== 'user';
}

function actionsCsv(actions: readonly Action[]): string {
  const rows = actions.map(({ at, kind, origin, reason, result }) => [
    new Date(at).toISOString(),
    kind,
    origin,
    reason,
    result,
  ]);
  return toCsv([['at', 'kind', 'origin', 'reason', 'result'], ...rows]);
}
