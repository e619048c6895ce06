import { Select, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { type LogLevel, logLevelSchema } from '../../../shared/model/log.ts';
import { HostMark } from '../../components/fleet/host-mark.tsx';
import { NotAsked } from '../../components/fleet/not-asked.tsx';
import { plural } from '../../components/format.ts';
import { LogLineRow } from '../../components/logs/log-line.tsx';
import { LOG_HOSTS, useFleetLogs } from '../../state/fleet-queries.ts';
import { useTyped } from '../../state/use-typed.ts';
import classes from './fleet-logs.module.css';

/** Height of a line in px, as in the style sheet: long ones are cut, their whole text is on their host. */
const LINE = 22;
/** Nearer to the end than this, new lines are followed; px. */
const AT_END = 40;

interface LogChange {
  readonly find?: string | undefined;
  readonly level?: LogLevel | undefined;
}

/** The newest lines of all hosts in one log, by each host's own clock; whose a line is stands before it. */
export function FleetLogs(props: {
  find: string;
  level: LogLevel | undefined;
  onFilter: (change: LogChange) => void;
}) {
  const { find, level, onFilter } = props;
  const [typed, type] = useTyped(find, (next) => onFilter({ find: next === '' ? undefined : next }));
  const [settled] = useDebouncedValue(find, 250);
  const { data } = useFleetLogs({ query: settled === '' ? undefined : settled, level });
  return (
    <div className={classes.panel}>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          className={classes.find ?? ''}
          aria-label="Find in the logs of all hosts"
          data-screen-find
          placeholder="Words in a line"
          value={typed}
          maxLength={500}
          onChange={(event) => type(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden />}
        />
        <Select
          size="xs"
          w={150}
          aria-label="Level"
          placeholder="Every level"
          clearable
          clearButtonProps={{ 'aria-label': 'Every level' }}
          data={logLevelSchema.options.map((value) => ({ value, label: `${value} and worse` }))}
          value={level ?? null}
          onChange={(next) => onFilter({ level: logLevelSchema.safeParse(next).data })}
        />
        <span className={classes.note} role="status">
          {data === undefined
            ? ''
            : `${plural(data.items.length, 'line', 'lines')}, the newest of up to ${LOG_HOSTS} hosts`}
        </span>
      </div>
      {data === undefined ? (
        <Skeleton height={320} radius="md" role="status" aria-label="Loading the logs of all hosts" />
      ) : (
        <>
          <NotAsked from={data} most={LOG_HOSTS} />
          <Lines items={data.items} />
        </>
      )}
    </div>
  );
}

type Items = NonNullable<ReturnType<typeof useFleetLogs>['data']>['items'];

function Lines({ items }: { items: Items }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  useEffect(() => {
    if (follows.current && items.length > 0) virtual.scrollToIndex(items.length - 1, { align: 'end' });
  }, [items, virtual]);
  if (items.length === 0)
    return <p className={classes.nothing}>No host that answered has a line like that.</p>;
  return (
    <section
      ref={box}
      className={classes.scroller}
      aria-label="Lines of all hosts"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      onScroll={({ currentTarget: { clientHeight, scrollHeight, scrollTop } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < AT_END;
      }}
    >
      <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const one = items[index];
          return (
            one !== undefined && (
              <div key={index} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
                <HostMark hostId={one.hostId} />
                <LogLineRow line={one.item} named wrap={false} />
              </div>
            )
          );
        })}
      </div>
    </section>
  );
}
