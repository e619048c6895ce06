import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { plural } from '../format.ts';
import type { LogFeed, LogFeedState } from './log-feed.ts';
import { LogLineRow } from './log-line.tsx';
import classes from './log-list.module.css';
import { LogMark } from './log-mark.tsx';
import { useLogPreferences } from './log-preferences.ts';
import type { LogRow } from './log-rows.ts';
import { movedCursor } from './log-selection.ts';
import type { LogFinds } from './use-log-finds.ts';
import type { LogSelection } from './use-log-selection.ts';

const ROW_PX = 21;
/** Nearer to the end than this, px, counts as being there. */
const END_PX = 24;
/** Nearer to the beginning than this, px, older lines are fetched. */
const START_PX = 400;

export interface LogListProps {
  readonly rows: readonly LogRow[];
  readonly state: LogFeedState;
  readonly feed: LogFeed;
  readonly selection: LogSelection;
  readonly finds: LogFinds;
  readonly named: boolean;
  /** The line an address names. */
  readonly targetKey: string | null;
  /** What a key does with the lines selected; true when it did something. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Lines oldest first, of which only what is seen is drawn. Follows the end until somebody scrolls away from it. */
export function LogList({ rows, state, feed, selection, finds, named, targetKey, onKey }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [following, setFollowing] = useState(targetKey === null);
  const { wrap, times } = useLogPreferences();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    // Drawn with the next frame, not at once for every step of the wheel: a third of the work, and no task is long.
    useFlushSync: false,
    // What is read stays where it is when lines come in above or leave there.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
  });
  const lastKey = rows.at(-1)?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new last line moves the end
  useEffect(() => {
    if (following && state.live) virtual.scrollToEnd();
  }, [following, state.live, lastKey, virtual]);
  useEffect(() => feed.setFollowing(following && state.live), [feed, following, state.live]);

  const { cursor } = selection;
  const cursorIndex = cursor === null ? -1 : rows.findIndex((row) => row.key === cursor);
  // Brought into view when it moves, not when lines come in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (cursorIndex >= 0) virtual.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursor]);
  const targetIndex = targetKey === null ? -1 : rows.findIndex((row) => row.key === targetKey);
  const targetThere = targetIndex >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as it is there
  useEffect(() => {
    if (!targetThere) return;
    setFollowing(false);
    virtual.scrollToIndex(targetIndex, { align: 'center' });
  }, [targetKey, targetThere]);

  function onScroll(): void {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    setFollowing(atEnd && state.live);
    if (scrollTop < START_PX) void feed.loadOlder();
    if (atEnd && !state.live) void feed.loadNewer();
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (onKey(event)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1);
    const next = movedCursor(rows, cursorIndex, event.key, page, (virtual.range?.startIndex ?? 0) + page);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = rows[next];
    if (row === undefined) return;
    selection.move(row.key, event.shiftKey);
    if (next === rows.length - 1) virtual.scrollToEnd();
    else setFollowing(false);
  }

  function onClick(event: MouseEvent<HTMLDivElement>, key: string): void {
    // A stretch of text somebody has marked with the pointer is no click on a line.
    if (document.getSelection()?.isCollapsed === false && !event.shiftKey) return;
    selection.move(key, event.shiftKey);
  }

  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part */}
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        aria-label="Log lines"
        aria-multiselectable
        aria-rowcount={rows.length}
        {...(cursorIndex >= 0 ? { 'aria-activedescendant': `${listId}-${cursorIndex}` } : {})}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div className={classes.lines} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its row
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the grid's
              <div
                key={item.key}
                id={`${listId}-${item.index}`}
                ref={virtual.measureElement}
                role="row"
                aria-rowindex={item.index + 1}
                aria-selected={selection.has(row.key)}
                data-index={item.index}
                data-current={row.key === cursor || undefined}
                data-target={row.key === targetKey || undefined}
                className={classes.item}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => onClick(event, row.key)}
              >
                {/* biome-ignore lint/a11y/useSemanticElements: see above */}
                {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
                <div role="gridcell">
                  {row.kind === 'mark' ? (
                    <LogMark action={row.action} />
                  ) : (
                    <LogLineRow
                      line={row.line}
                      wrap={wrap}
                      times={times}
                      named={named}
                      expanded={selection.isExpanded(row.key)}
                      finder={finds.has(row.key) ? finds.finder : null}
                    />
                  )}
                </div>
              </div>
            );
          })}
        </div>
      </div>
      {!(following && state.live) && (
        <Button
          className={classes.follow ?? ''}
          variant="filled"
          leftSection={<IconArrowDown size={14} />}
          onClick={() => {
            feed.toEnd();
            setFollowing(true);
          }}
        >
          {state.unseen > 0 ? `${plural(state.unseen, 'new line', 'new lines')}` : 'To the end'}
        </Button>
      )}
    </div>
  );
}
