import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Action } from '../../../shared/model/action.ts';
import { actionWords, originWords } from '../../components/happened.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { Time } from '../../components/time.tsx';
import classes from './incidents-screen.module.css';

/** One row per action: when, what, to which skill, by whom, why, and what came of it. */
export function ActionsTable({ actions }: { actions: readonly Action[] }) {
  return (
    <div className={`sw-card ${classes.scroll}`}>
      <Table className={classes.table ?? ''} horizontalSpacing="sm" verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">Skill</Table.Th>
            <Table.Th scope="col">Who</Table.Th>
            <Table.Th scope="col">Why</Table.Th>
            <Table.Th scope="col">Result</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {actions.map((action) => (
            <ActionRow key={action.id} action={action} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const ActionRow = memo(function ActionRow({ action }: { action: Action }) {
  const words = actionWords(action.kind) ?? { state: 'none' as const, title: 'Told people' };
  const failed = action.result.startsWith('failed');
  return (
    <Table.Tr>
      <Table.Td className={classes.oneLine ?? ''}>
        <Time at={action.at} style="clock" />
      </Table.Td>
      <Table.Td>
        <span className={classes.what}>
          <StateIcon state={failed ? 'bad' : words.state} size={14} />
          {words.title}
        </span>
      </Table.Td>
      <Table.Td className={classes.oneLine ?? ''}>
        {action.skillId === null ? (
          '–'
        ) : (
          <Link to="/skill/$skillId" params={{ skillId: action.skillId }} className={classes.link}>
            {action.skillId}
          </Link>
        )}
      </Table.Td>
      <Table.Td className={classes.oneLine ?? ''}>{originWords(action.origin)}</Table.Td>
      <Table.Td className={classes.reason ?? ''}>{action.reason}</Table.Td>
      <Table.Td className={failed ? (classes.failed ?? '') : ''}>{action.result}</Table.Td>
    </Table.Tr>
  );
});
