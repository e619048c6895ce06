import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Check } from '../../../shared/model/health.ts';
import { CheckRow } from './check-row.tsx';
import classes from './checks-list.module.css';

const ROW_PX = 37;
/** Rows from the end at which older checks are asked for. */
const AHEAD = 20;

export interface ChecksListProps {
  readonly skillId: string;
  readonly checks: readonly Check[];
  /** Older checks are on their way. */
  readonly busy: boolean;
  /** The end is near: older checks are wanted. */
  onEnd(): void;
}

/** A long list of which only what is seen is drawn. Arrow keys, Home and End move, Enter opens a row. */
export function ChecksList({ skillId, checks, busy, onEnd }: ChecksListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const rows = useVirtualizer({
    count: checks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => checks[index]?.at ?? index,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = last >= checks.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onEnd();
  }, [nearEnd, onEnd]);

  function toggle(at: number): void {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(at)) after.add(at);
      return after;
    });
  }

  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const from = Number(row?.getAttribute('data-index') ?? -1);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: checks.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= checks.length) return;
    event.preventDefault();
    rows.scrollToIndex(to);
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] button`)?.focus(),
    );
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves between the buttons inside, which do the work
    <div ref={scroller} className={classes.scroller} onKeyDown={move}>
      <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-busy={busy}>
        {items.map((item) => {
          const check = checks[item.index];
          if (check === undefined) return null;
          return (
            <li
              key={item.key}
              ref={rows.measureElement}
              data-index={item.index}
              className={classes.item}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={checks.length}
              aria-posinset={item.index + 1}
            >
              <CheckRow
                skillId={skillId}
                check={check}
                open={open.has(check.at)}
                onToggle={() => toggle(check.at)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
