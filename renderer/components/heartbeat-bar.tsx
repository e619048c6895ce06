import { Portal } from '@mantine/core';
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useState } from 'react';
import type { Heartbeat } from '../../shared/model/history.ts';
import type { Range } from '../state/ranges.ts';
import classes from './heartbeat-bar.module.css';
import { BAR_HEIGHT, beatKinds, beatPaths, pitchOf } from './heartbeat-geometry.ts';
import { barSummary, cellWords } from './heartbeat-words.ts';

export interface HeartbeatBarProps {
  /** The skill's id, for the spoken summary. */
  readonly name: string;
  readonly heartbeat: Heartbeat | undefined;
  readonly range: Range;
  /** Epoch ms of the left edge. */
  readonly from: number;
  /** -1 takes the bar out of the tab order, where a table moves focus itself. */
  readonly tabIndex?: 0 | -1;
}

interface Tip {
  readonly index: number;
  readonly left: number;
  readonly top: number;
}

/** A skill's checks over a range, one column per cell. Own SVG: 200 of them cost less than one chart of a library. */
export const HeartbeatBar = memo(function HeartbeatBar(props: HeartbeatBarProps) {
  const { name, heartbeat, range, from, tabIndex = 0 } = props;
  const [tip, setTip] = useState<Tip | null>(null);
  const paths = useMemo(() => beatPaths(heartbeat?.cells ?? [], range.cells), [heartbeat, range.cells]);
  const width = range.cells * pitchOf(range.cells);
  const last = range.cells - 1;

  function words(index: number): string {
    const cell = heartbeat?.cells.find((one) => one.index === index);
    const start = from + index * range.cellMs;
    return cellWords(cell, start, start + range.cellMs, Date.now());
  }

  function show(index: number, bar: HTMLElement): void {
    const box = bar.getBoundingClientRect();
    const left = box.left + ((index + 0.5) / range.cells) * box.width;
    setTip({ index, left: Math.min(Math.max(left, 130), window.innerWidth - 130), top: box.top });
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - box.left) / box.width) * range.cells);
    if (index >= 0 && index <= last && index !== tip?.index) show(index, event.currentTarget);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const at = tip?.index ?? last;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    show(Math.min(last, Math.max(0, next)), event.currentTarget);
  }

  return (
    <>
      <div
        className={classes.bar}
        style={{ maxWidth: width }}
        role="slider"
        aria-label={barSummary(name, heartbeat, range)}
        aria-orientation="horizontal"
        aria-readonly="true"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={tip?.index ?? last}
        aria-valuetext={words(tip?.index ?? last)}
        tabIndex={tabIndex}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setTip(null)}
        onBlur={() => setTip(null)}
        onKeyDown={onKeyDown}
      >
        <svg
          viewBox={`0 0 ${width} ${BAR_HEIGHT}`}
          width="100%"
          height={BAR_HEIGHT}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {beatKinds.map(
            (kind) => paths[kind] !== '' && <path key={kind} d={paths[kind]} className={classes[kind]} />,
          )}
        </svg>
      </div>
      {tip !== null && (
        <Portal>
          <div className={classes.tip} style={{ left: tip.left, top: tip.top }} aria-hidden="true">
            {words(tip.index)}
          </div>
        </Portal>
      )}
    </>
  );
});
