import { Button, Drawer, Group, JsonInput, Select, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { getHotkeyHandler } from '@mantine/hooks';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';
import { useHost } from '../../state/host-store.ts';
import { ScheduleFields } from './schedule-fields.tsx';
import { SchedulePreview } from './schedule-preview.tsx';
import classes from './task-editor.module.css';
import { formOf, scheduleOf, type TaskForm, taskFormSchema } from './task-form.ts';
import { useTaskCommands } from './use-task-commands.ts';

/** Makes a task, or changes one: which skill is asked what, and when. `task` null: a new one. */
export function TaskEditor({ task, onClose }: { task: ScheduledTask | null; onClose: () => void }) {
  const order = useHost((state) => state.order);
  const { save } = useTaskCommands();
  const form = useForm<TaskForm>({
    initialValues: formOf(task),
    validate: schemaResolver(taskFormSchema, { sync: true }),
    validateInputOnBlur: ['params', 'amount', 'time'],
  });
  const schedule = scheduleOf(form.values);
  const submit = form.onSubmit((values) => {
    if (schedule === null || save.isPending) return;
    save.mutate({ task, form: values, schedule }, { onSuccess: onClose });
  });
  const skills = [...new Set([...order, ...(task?.invoke ? [task.invoke.skillId] : [])])];
  const title = task === null ? 'New task' : 'Edit the task';
  return (
    <Drawer opened onClose={onClose} title={title} size={480} closeOnClickOutside={false}>
      <form
        aria-label={title}
        noValidate
        onSubmit={submit}
        onKeyDown={getHotkeyHandler([['mod+Enter', () => submit()]])}
      >
        <Stack gap="md">
          <TextInput label="Name" withAsterisk data-autofocus {...form.getInputProps('name')} />
          <Select
            label="Skill"
            withAsterisk
            searchable
            data={skills}
            nothingFoundMessage="No such skill"
            {...form.getInputProps('skillId')}
          />
          <TextInput
            label="Method"
            withAsterisk
            description="What the skill is asked to do; for an MCP skill, the tool."
            classNames={{ input: classes.mono ?? '' }}
            spellCheck={false}
            {...form.getInputProps('method')}
          />
          <JsonInput
            label="Parameters"
            description="A JSON object, or nothing."
            placeholder="{}"
            autosize
            minRows={2}
            maxRows={10}
            formatOnBlur
            classNames={{ input: classes.mono ?? '' }}
            {...form.getInputProps('params')}
          />
          <div>
            <h3 className={classes.heading}>When it runs</h3>
            <ScheduleFields form={form} />
            <SchedulePreview schedule={schedule} />
          </div>
          {save.isError && (
            <p className={classes.problem} role="alert">
              Not saved: {save.error.message}
            </p>
          )}
          <Group>
            <Button type="submit" variant="filled" loading={save.isPending}>
              {task === null ? 'Create task' : 'Save'}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
