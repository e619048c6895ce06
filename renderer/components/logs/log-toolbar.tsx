import { SegmentedControl, Select, Switch } from '@mantine/core';
import type { LogLevel, LogStream } from '../../../shared/model/log.ts';
import segments from '../range-control.module.css';
import { LogFind, type LogFindProps } from './log-find.tsx';
import { setLogPreferences, useLogPreferences } from './log-preferences.ts';
import { LogSpanControl } from './log-span-control.tsx';
import classes from './log-toolbar.module.css';

const STREAMS = [
  { value: 'all', label: 'All' },
  { value: 'stderr', label: 'stderr' },
  { value: 'stdout', label: 'stdout' },
  { value: 'host', label: 'host' },
];
const LEVELS = [
  { value: 'debug', label: 'Every level' },
  { value: 'info', label: 'Info and worse' },
  { value: 'warning', label: 'Warnings and errors' },
  { value: 'error', label: 'Errors' },
];

/** What is shown: which stream, how grave, since when, and what is looked for. */
export function LogToolbar({ filter, onFilter, ...find }: LogFindProps) {
  const { wrap, times } = useLogPreferences();
  return (
    <search className={classes.bar} aria-label="Which lines">
      <SegmentedControl
        size="xs"
        classNames={segments}
        aria-label="Stream"
        data={STREAMS}
        value={filter.stream ?? 'all'}
        onChange={(next) => onFilter({ stream: next === 'all' ? undefined : (next as LogStream) })}
      />
      <Select
        size="xs"
        w={170}
        aria-label="Level"
        data={LEVELS}
        allowDeselect={false}
        value={filter.level ?? 'debug'}
        onChange={(next) =>
          onFilter({ level: next === 'debug' || next === null ? undefined : (next as LogLevel) })
        }
      />
      <LogSpanControl filter={filter} onFilter={onFilter} />
      <LogFind filter={filter} onFilter={onFilter} {...find} />
      <span className={classes.push}>
        <Switch
          size="xs"
          label="Wrap"
          checked={wrap}
          onChange={(event) => setLogPreferences({ wrap: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="Times"
          checked={times}
          onChange={(event) => setLogPreferences({ times: event.currentTarget.checked })}
        />
      </span>
    </search>
  );
}
