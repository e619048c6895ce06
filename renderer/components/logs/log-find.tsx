import { ActionIcon, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import segments from '../range-control.module.css';
import type { LogFilter } from './log-filter.ts';
import classes from './log-toolbar.module.css';
import type { LogFinds } from './use-log-finds.ts';

const TYPING_MS = 250;
const MODES = [
  { value: 'filter', label: 'Filter' },
  { value: 'highlight', label: 'Highlight' },
];

export interface LogFindProps {
  readonly filter: LogFilter;
  readonly onFilter: (change: Partial<LogFilter>) => void;
  readonly finds: LogFinds;
  /** Why the host refused what is looked for. */
  readonly findError: string | null;
  /** Of the find the cursor is on, 0 the first; -1 for none. */
  readonly findIndex: number;
  readonly onFind: (step: 1 | -1) => void;
}

/** The search: text or a regular expression, as a filter or marked among all lines, and from find to find. */
export function LogFind({ filter, onFilter, finds, findError, findIndex, onFind }: LogFindProps) {
  const asked = filter.find ?? '';
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  // Another address, another search; what is typed here comes back as the same one.
  if (asked !== known) {
    setKnown(asked);
    setTyped(asked);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function take(text: string): void {
    clearTimeout(timer.current);
    setKnown(text);
    onFilter({ find: text === '' ? undefined : text });
  }
  const count = finds.keys.length;

  return (
    <>
      <TextInput
        className={classes.find ?? ''}
        size="xs"
        data-log-find
        aria-label={filter.mark === 1 ? 'Highlight' : 'Only lines with'}
        placeholder={filter.re === 1 ? 'Regular expression' : 'Text'}
        leftSection={<IconSearch size={14} />}
        value={typed}
        error={findError}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => take(text), TYPING_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            if (typed !== asked) take(typed);
            else onFind(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape' && typed !== '') {
            event.preventDefault();
            setTyped('');
            take('');
          }
        }}
      />
      <Switch
        className={classes.switch ?? ''}
        size="xs"
        label="Regex"
        checked={filter.re === 1}
        onChange={(event) => onFilter({ re: event.currentTarget.checked ? 1 : undefined })}
      />
      <SegmentedControl
        size="xs"
        classNames={segments}
        aria-label="What finding does"
        data={MODES}
        value={filter.mark === 1 ? 'highlight' : 'filter'}
        onChange={(next) => onFilter({ mark: next === 'highlight' ? 1 : undefined })}
      />
      {asked !== '' && (
        <span className={classes.found}>
          <span role="status">
            {count === 0
              ? 'Nothing found'
              : findIndex < 0
                ? `${count} found`
                : `${findIndex + 1} of ${count}`}
          </span>
          <ActionIcon size="sm" aria-label="Previous find" disabled={count === 0} onClick={() => onFind(-1)}>
            <IconChevronUp size={15} />
          </ActionIcon>
          <ActionIcon size="sm" aria-label="Next find" disabled={count === 0} onClick={() => onFind(1)}>
            <IconChevronDown size={15} />
          </ActionIcon>
        </span>
      )}
    </>
  );
}
