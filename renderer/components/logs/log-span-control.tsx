import { Button, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type LogFilter, type LogSpan, logSpans } from './log-filter.ts';

const BETWEEN = 'between';
const OPTIONS = [
  { value: 'any', label: 'Any time' },
  ...Object.entries(logSpans).map(([value, { label }]) => ({ value, label })),
  { value: BETWEEN, label: 'Between…' },
];

/** Since when: a span that ends now, or two moments. */
export function LogSpanControl({
  filter,
  onFilter,
}: {
  filter: LogFilter;
  onFilter: (change: Partial<LogFilter>) => void;
}) {
  const [asking, setAsking] = useState(false);
  const { since, until, span } = filter;
  const isBetween = since !== undefined || until !== undefined;
  return (
    <Popover opened={asking} onChange={setAsking} trapFocus withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <Select
          size="xs"
          w={150}
          aria-label="Time"
          data={OPTIONS}
          allowDeselect={false}
          value={isBetween || asking ? BETWEEN : (span ?? 'any')}
          onChange={(next) => {
            setAsking(next === BETWEEN);
            if (next !== BETWEEN)
              onFilter({
                span: next === 'any' ? undefined : (next as LogSpan),
                since: undefined,
                until: undefined,
              });
          }}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Between two moments">
        <Stack gap={8}>
          <Moment label="From" value={since} onChange={(at) => onFilter({ since: at, span: undefined })} />
          <Moment label="To" value={until} onChange={(at) => onFilter({ until: at, span: undefined })} />
          <Button onClick={() => setAsking(false)}>Done</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Moment(props: {
  label: string;
  value: number | undefined;
  onChange: (at: number | undefined) => void;
}) {
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      step={1}
      label={props.label}
      value={props.value === undefined ? '' : localText(props.value)}
      onChange={(event) => {
        const at = new Date(event.currentTarget.value).getTime();
        props.onChange(Number.isNaN(at) || at < 0 ? undefined : at);
      }}
    />
  );
}

/** As such a field wants it: the local time without a zone. */
function localText(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 19);
}
