import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { LogLineRow } from './log-line.tsx';
import classes from './log-list.module.css';

const ROW_PX = 21;
/** Nearer to the end than this, px, counts as being there. */
const END_PX = 24;

/** Lines oldest first, of which only what is seen is drawn. Follows the end until somebody scrolls away from it. */
export function LogList({ lines, wrap }: { lines: readonly LogLine[]; wrap: boolean }) {
  const scroller = useRef<HTMLElement>(null);
  const [following, setFollowing] = useState(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 20,
  });
  const last = lines.at(-1)?.id;
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const size = rows.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines and newly measured heights both move the end
  useEffect(() => {
    if (following) toEnd();
  }, [following, last, size, toEnd]);

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroller}
        aria-label="Log lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          setFollowing(scrollHeight - scrollTop - clientHeight < END_PX);
        }}
      >
        <div className={classes.lines} style={{ height: size }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className={classes.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogLineRow line={line} wrap={wrap} />
              </div>
            );
          })}
        </div>
      </section>
      {!following && (
        <Button
          className={classes.follow ?? ''}
          variant="filled"
          leftSection={<IconArrowDown size={14} />}
          onClick={() => setFollowing(true)}
        >
          Follow
        </Button>
      )}
    </div>
  );
}
