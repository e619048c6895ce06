import type { JSX } from 'react';
import type { StateKind } from './display-state.ts';
import classes from './state-icon.module.css';

/** One shape per state, so that colour is never alone: tick, triangle, octagon, square with lock, arrow, bars, ring, moon. */
const shapes: Readonly<Record<StateKind | 'asleep', JSX.Element>> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" className={classes.body} />
      <path d="M4.800 8.200l2.200 2.200 4.200-4.600" className={classes.mark} />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.700l6.700 12.100H1.300z" className={classes.bodyRound} />
      <path d="M8 6v3.600M8 11.900v.100" className={classes.mark} />
    </>
  ),
  bad: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" className={classes.body} />
      <path d="M5.500 5.500l5 5m0-5l-5 5" className={classes.mark} />
    </>
  ),
  quar: (
    <>
      <rect x="1.500" y="1.500" width="13" height="13" rx="3" className={classes.body} />
      <rect x="5" y="7.400" width="6" height="4.400" rx="1" className={classes.hole} />
      <path d="M6.200 7.400V6a1.800 1.800 0 013.600 0v1.400" className={classes.thin} />
    </>
  ),
  busy: (
    <>
      <path d="M13.600 5.200A6.400 6.400 0 108 14.400" className={classes.line} />
      <path d="M14.600 1.800v4h-4" className={classes.line} />
    </>
  ),
  off: (
    <>
      <rect x="3" y="2" width="3.600" height="12" rx="1.200" className={classes.body} />
      <rect x="9.400" y="2" width="3.600" height="12" rx="1.200" className={classes.body} />
    </>
  ),
  asleep: (
    <path d="M13.500 10.200A6.200 6.200 0 016 2.300a6.200 6.200 0 107.500 7.900z" className={classes.line} />
  ),
  none: <circle cx="8" cy="8" r="6.200" className={classes.dashed} />,
};

/** Decoration next to a word that says the same; hidden from screen readers. `size` in px. */
export function StateIcon({ state, size = 16 }: { state: StateKind | 'asleep'; size?: number }) {
  return (
    <svg
      className={classes.icon}
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[state]}
    </svg>
  );
}
