import { Button, SegmentedControl, Skeleton, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { LogStream } from '../../../shared/model/log.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { CallError } from '../../bridge/call.ts';
import { formatBytes, plural } from '../../components/format.ts';
import segments from '../../components/range-control.module.css';
import { LoadTrouble } from './load-trouble.tsx';
import { LogList } from './log-list.tsx';
import classes from './panel.module.css';
import { useLogSearch } from './use-log-search.ts';

const STREAMS = [
  { value: 'all', label: 'All' },
  { value: 'stderr', label: 'stderr' },
  { value: 'stdout', label: 'stdout' },
  { value: 'host', label: 'host' },
] as const;
/** Lines kept on the page. */
const LIMIT = 2000;
const TYPING_MS = 250;

/** What the skill wrote and what the host wrote about it, as it comes in, filtered by stream and text. */
export function LogsTab({ skill }: { skill: Skill }) {
  const [stream, setStream] = useState<LogStream | 'all'>('all');
  const [typed, setTyped] = useState('');
  const [regex, setRegex] = useState(false);
  const [wrap, setWrap] = useState(true);
  const [query] = useDebouncedValue(typed, TYPING_MS);
  const { data, error, refetch } = useLogSearch(skill.id, { stream, query, regex, limit: LIMIT });
  const lines = useMemo(() => [...(data?.lines ?? [])].sort((one, other) => one.id - other.id), [data]);
  const badPattern = error instanceof CallError && error.code === 'invalid_payload' ? error.message : null;

  return (
    <section className={classes.panel} aria-label="Logs">
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          classNames={segments}
          aria-label="Stream"
          data={[...STREAMS]}
          value={stream}
          onChange={(next) => setStream(next as LogStream | 'all')}
        />
        <TextInput
          size="xs"
          w={240}
          aria-label="Only lines with"
          placeholder={regex ? 'Regular expression' : 'Only lines with…'}
          leftSection={<IconSearch size={14} />}
          value={typed}
          error={badPattern}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Switch
          size="xs"
          label="Regex"
          checked={regex}
          onChange={(event) => setRegex(event.currentTarget.checked)}
        />
        <Switch
          size="xs"
          label="Wrap"
          checked={wrap}
          onChange={(event) => setWrap(event.currentTarget.checked)}
        />
        <span className={`${classes.note} ${classes.push}`} role="status">
          {data !== undefined && plural(lines.length, 'line', 'lines')}
          {lines.length >= LIMIT && ', the latest'}
          {data !== undefined && data.droppedBytes > 0 && ` · ${formatBytes(data.droppedBytes)} dropped`}
        </span>
      </div>
      {data === undefined && error === null && (
        <Skeleton height={320} radius="md" role="status" aria-label="Loading the log" />
      )}
      {data === undefined && error !== null && badPattern === null && (
        <LoadTrouble what="The log" error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && lines.length === 0 && (
        <div className={classes.nothing}>
          <p>{query === '' && stream === 'all' ? 'It has written nothing yet.' : 'No line matches.'}</p>
          {(query !== '' || stream !== 'all') && (
            <Button
              mt={10}
              onClick={() => {
                setTyped('');
                setStream('all');
              }}
            >
              Show every line
            </Button>
          )}
        </div>
      )}
      {lines.length > 0 && <LogList lines={lines} wrap={wrap} />}
    </section>
  );
}
