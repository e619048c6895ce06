import { Chip, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useId } from 'react';
import { type Weekday, weekdaySchema } from '../../../shared/model/schedule.ts';
import segments from '../../components/range-control.module.css';
import classes from './task-editor.module.css';
import { type TaskForm, units } from './task-form.ts';

const KINDS = [
  { value: 'interval', label: 'Every…' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'cron', label: 'Cron' },
];
const DAYS: Readonly<Record<Weekday, string>> = {
  ...{ mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
};

/** When a task runs. */
export function ScheduleFields({ form }: { form: UseFormReturnType<TaskForm> }) {
  const { kind } = form.values;
  const daysId = useId();
  return (
    <Stack gap={8}>
      <SegmentedControl
        size="xs"
        classNames={segments}
        aria-label="When it runs"
        data={KINDS}
        {...form.getInputProps('kind')}
      />
      {kind === 'interval' && (
        <Group gap={8} align="flex-start" wrap="nowrap">
          <NumberInput
            aria-label="Every so many"
            w={110}
            min={1}
            allowNegative={false}
            {...form.getInputProps('amount')}
          />
          <Select
            aria-label="Unit"
            w={140}
            data={[...units]}
            allowDeselect={false}
            {...form.getInputProps('unit')}
          />
        </Group>
      )}
      {kind === 'weekly' && (
        <div>
          <span id={daysId} className={classes.hidden}>
            Days
          </span>
          <Chip.Group multiple {...form.getInputProps('days')}>
            <Group gap={6} role="group" aria-labelledby={daysId}>
              {weekdaySchema.options.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {DAYS[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {form.errors.days !== undefined && (
            <Text size="xs" c="var(--bad)" role="alert" mt={4}>
              {form.errors.days}
            </Text>
          )}
        </div>
      )}
      {(kind === 'daily' || kind === 'weekly') && (
        <TextInput
          type="time"
          aria-label="At"
          w={220}
          description="Local time of this machine"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('time')}
        />
      )}
      {kind === 'cron' && (
        <TextInput
          aria-label="Cron expression"
          classNames={{ input: classes.mono ?? '' }}
          description="Minute, hour, day of the month, month, day of the week"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          spellCheck={false}
          {...form.getInputProps('cron')}
        />
      )}
    </Stack>
  );
}
