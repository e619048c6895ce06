import type { DisplayState } from './display-state.ts';
import { StateIcon } from './state-icon.tsx';
import classes from './status-pill.module.css';

/** A state by shape and word on a soft ground; the text keeps the body colour, so it reads in every scheme. */
export function StatusPill({ state, word }: DisplayState) {
  return (
    <span className={classes.pill} data-state={state}>
      <StateIcon state={state} size={14} />
      {word}
    </span>
  );
}
