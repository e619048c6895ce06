import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Skill } from '../../../shared/model/skill.ts';
import { useHost } from '../../state/host-store.ts';
import { AboutSkill } from './about-skill.tsx';
import { type ConfigRow, type ConfigSource, healthRows, restartRows } from './config-rows.ts';
import classes from './panel.module.css';

const SOURCES: Readonly<Record<ConfigSource, string>> = {
  'skill-settings': 'settings of this skill',
  manifest: 'its manifest',
  'app-settings': 'settings of the app',
  default: 'default',
};

/** The rules in force for this skill, each with where it comes from, and what the skill is. */
export function ConfigTab({ skill }: { skill: Skill }) {
  const settings = useHost((state) => state.settings);
  return (
    <section className={classes.panel} aria-label="Config">
      <AboutSkill skill={skill} />
      {settings !== null && (
        <>
          <div className={classes.head}>
            <h2 className={classes.title}>Rules in force</h2>
            <span className={classes.note}>
              settings of this skill win over its manifest, the manifest over the settings of the app
            </span>
            <Button
              className={classes.push ?? ''}
              renderRoot={(props) => <Link to="/settings" search={{ skill: skill.id }} {...props} />}
            >
              Change…
            </Button>
          </div>
          <div className={classes.scroll}>
            <Table className={`${classes.table} ${classes.narrow}`}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Rule</Table.Th>
                  <Table.Th scope="col">In force</Table.Th>
                  <Table.Th scope="col">Comes from</Table.Th>
                  <Table.Th scope="col">Other skills</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {[...healthRows(skill, settings), ...restartRows(skill, settings)].map((row) => (
                  <RuleRow key={row.key} row={row} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </section>
  );
}

function RuleRow({ row }: { row: ConfigRow }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{row.label}</Table.Th>
      <Table.Td>{row.value}</Table.Td>
      <Table.Td className={row.source === 'default' ? (classes.note ?? '') : ''}>
        {SOURCES[row.source]}
      </Table.Td>
      <Table.Td className={classes.note ?? ''}>{row.appValue ?? 'the same'}</Table.Td>
    </Table.Tr>
  );
}
