import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from '../../components/bulk-bar.module.css';
import { Orders } from '../../components/fleet/locked.tsx';
import { plural } from '../../components/format.ts';
import { bulkActions } from '../../state/bulk-actions.ts';
import { isUnderWay, useBulkRun } from '../../state/bulk-run.ts';
import { useHost } from '../../state/host-store.ts';
import { changeSelection, nothingSelected, useSelection } from '../../state/selection.ts';
import { BulkProgress } from './bulk-progress.tsx';

/** What can be done with the selected skills, and how far it has come. Nothing while none is selected. */
export function BulkBar() {
  const { ids } = useSelection();
  const run = useBulkRun();
  if (ids.size === 0 && run === null) return null;
  return (
    <div className={classes.dock}>
      {run !== null && <BulkProgress run={run} />}
      {ids.size > 0 && <Bar ids={ids} blocked={run !== null && isUnderWay(run)} />}
    </div>
  );
}

function Bar({ ids, blocked }: { ids: ReadonlySet<string>; blocked: boolean }) {
  const skills = useHost((state) => state.skills);
  const chosen = [...ids].flatMap((id) => skills[id] ?? []);
  return (
    <section className={classes.bar} aria-label="Selected skills">
      <b className={classes.count}>{plural(ids.size, 'skill', 'skills')} selected</b>
      <div className={classes.actions}>
        <Orders>
          {bulkActions(chosen).map(({ id, label, keys, skillIds, run }) => (
            <Button
              key={id}
              disabled={blocked}
              title={keys === null ? undefined : `${keys} on a selected row`}
              onClick={run}
            >
              {label}
              {/* Which of them it is for, where it is not for all. */}
              {skillIds.length < ids.size && <span className={classes.part}>{skillIds.length}</span>}
            </Button>
          ))}
        </Orders>
      </div>
      <Tooltip label="Select none (Esc)">
        <ActionIcon aria-label="Select none" onClick={() => changeSelection(() => nothingSelected)}>
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}
