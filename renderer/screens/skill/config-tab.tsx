import { ActionIcon, Button, Table, Tooltip } from '@mantine/core';
import { IconPencil, IconRestore } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { OwnerOnly } from '../../components/fleet/locked.tsx';
import { useHost } from '../../state/host-store.ts';
import { AboutSkill } from './about-skill.tsx';
import { ConfigRowEdit } from './config-row-edit.tsx';
import { type ConfigRow, type ConfigSource, healthRows, restartRows } from './config-rows.ts';
import classes from './config-tab.module.css';
import panel from './panel.module.css';
import { useSaveRule } from './use-save-rule.ts';

const SOURCES: Readonly<Record<ConfigSource, string>> = {
  'skill-settings': 'settings of this skill',
  manifest: 'its manifest',
  'app-settings': 'settings of the app',
  default: 'default',
};

/** The rules in force for this skill, each with where it comes from and a way to change it here, and what the skill is. */
export function ConfigTab({ skill }: { skill: Skill }) {
  const settings = useHost((state) => state.settings);
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <section className={panel.panel} aria-label="Config">
      <AboutSkill skill={skill} />
      {settings !== null && (
        <>
          <div className={panel.head}>
            <h2 className={panel.title}>Rules in force</h2>
            <span className={panel.note}>
              settings of this skill win over its manifest, the manifest over the settings of the app
            </span>
            <Button
              className={panel.push ?? ''}
              renderRoot={(props) => <Link to="/settings" search={{ skill: skill.id }} {...props} />}
            >
              All settings…
            </Button>
          </div>
          <div className={panel.scroll}>
            <Table className={`${panel.table} ${classes.table}`}>
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
                  <RuleRow
                    key={row.key}
                    skillId={skill.id}
                    row={row}
                    editing={editing === row.key}
                    onEdit={(open) => setEditing(open ? row.key : null)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </section>
  );
}

interface RuleRowProps {
  readonly skillId: string;
  readonly row: ConfigRow;
  readonly editing: boolean;
  onEdit(open: boolean): void;
}

function RuleRow({ skillId, row, editing, onEdit }: RuleRowProps) {
  const save = useSaveRule(skillId, row);
  return (
    <Table.Tr>
      <Table.Th scope="row">{row.label}</Table.Th>
      <Table.Td>
        {editing ? (
          <ConfigRowEdit skillId={skillId} row={row} onClose={() => onEdit(false)} />
        ) : (
          <span className={classes.value}>
            {row.value}
            <OwnerOnly>
              <Tooltip label="Change for this skill">
                <ActionIcon size="sm" aria-label={`Change ${row.label}`} onClick={() => onEdit(true)}>
                  <IconPencil size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </OwnerOnly>
          </span>
        )}
      </Table.Td>
      <Table.Td className={row.source === 'default' ? (panel.note ?? '') : ''}>
        <span className={classes.value}>
          {SOURCES[row.source]}
          {row.source === 'skill-settings' && (
            <OwnerOnly>
              <Tooltip label="Inherit again">
                <ActionIcon
                  size="sm"
                  aria-label={`Inherit ${row.label} again`}
                  loading={save.isPending}
                  onClick={() => save.mutate(null)}
                >
                  <IconRestore size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </OwnerOnly>
          )}
        </span>
      </Table.Td>
      <Table.Td className={panel.note ?? ''}>{row.appValue ?? 'the same'}</Table.Td>
    </Table.Tr>
  );
}
