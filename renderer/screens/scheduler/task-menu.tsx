import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';
import { useTaskCommands } from './use-task-commands.ts';

/** What else can be done with a task of one's own. */
export function TaskMenu({ task, onEdit }: { task: ScheduledTask; onEdit: (task: ScheduledTask) => void }) {
  const { remove } = useTaskCommands();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${task.name}`} loading={remove.isPending}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onEdit(task)}>Edit…</Menu.Item>
        <Menu.Item onClick={() => remove.mutate(task)}>Delete</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
