import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Check } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { plural } from '../../components/format.ts';
import { CheckRow } from './check-row.tsx';
import classes from './checks-list.module.css';

const ROW_PX = 37;
/** Rows from the end at which older checks are asked for. */
const AHEAD = 20;

export interface ChecksListProps {
  readonly skill: Skill;
  readonly checks: readonly Check[];
  /** Older checks are on their way. */
  readonly busy: boolean;
  /** The end is near: older checks are wanted. */
  onEnd(): void;
}

/** A long list of which only what is seen is drawn. Arrow keys, Home and End move, Enter opens a row. */
export function ChecksList({ skill, checks, busy, onEnd }: ChecksListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  // While somebody reads, newer checks wait: a row must not move away under the eye.
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const shown = useMemo(
    () => (heldAt === null ? checks : checks.filter(({ at }) => at <= heldAt)),
    [checks, heldAt],
  );
  const newer = checks.length - shown.length;
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => shown[index]?.at ?? index,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = last >= shown.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onEnd();
  }, [nearEnd, onEnd]);

  function hold(reading: boolean): void {
    if (!reading) setHeldAt(null);
    else if (heldAt === null) setHeldAt(checks[0]?.at ?? null);
  }
  const isDown = () => (scroller.current?.scrollTop ?? 0) > ROW_PX;

  function toggle(at: number): void {
    const after = new Set(open);
    if (!after.delete(at)) after.add(at);
    setOpen(after);
    hold(after.size > 0 || isDown());
  }

  function showNewer(): void {
    setHeldAt(open.size > 0 ? (checks[0]?.at ?? null) : null);
    scroller.current?.scrollTo({ top: 0 });
  }

  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const from = Number(row?.getAttribute('data-index') ?? -1);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= shown.length) return;
    event.preventDefault();
    rows.scrollToIndex(to);
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] button`)?.focus(),
    );
  }

  return (
    <div className={classes.frame}>
      {newer > 0 && (
        <Button className={classes.newer ?? ''} size="compact-xs" onClick={showNewer}>
          Show {plural(newer, 'newer check', 'newer checks')}
        </Button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves between the buttons inside, which do the work */}
      <div
        ref={scroller}
        className={classes.scroller}
        onKeyDown={move}
        onScroll={() => hold(open.size > 0 || isDown())}
      >
        <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-busy={busy}>
          {items.map((item) => {
            const check = shown[item.index];
            if (check === undefined) return null;
            return (
              <li
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className={classes.item}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
              >
                <CheckRow
                  skill={skill}
                  check={check}
                  open={open.has(check.at)}
                  onToggle={() => toggle(check.at)}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
