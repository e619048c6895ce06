import type { Incident } from '../../../shared/model/action.ts';
import classes from '../../components/chips.module.css';
import type { StateKind } from '../../components/display-state.ts';
import { type Standing, stands } from '../../components/incidents/incident-words.ts';
import { StateIcon } from '../../components/state-icon.tsx';

const chips: readonly (readonly [Standing, StateKind, string])[] = [
  ['open', 'bad', 'Open'],
  ['acknowledged', 'busy', 'Acknowledged'],
  ['muted', 'off', 'Muted'],
  ['resolved', 'ok', 'Resolved'],
];

/** The counts, each of them a filter. */
export function StandingChips(props: {
  incidents: readonly Incident[];
  show: Standing | undefined;
  now: number;
  onShow(show: Standing | undefined): void;
}) {
  const { incidents, now, onShow, show } = props;
  return (
    <fieldset className={classes.chips}>
      <legend className={classes.legend}>Show incidents that are</legend>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={show === undefined}
        onClick={() => onShow(undefined)}
      >
        <b>{incidents.length}</b> All
      </button>
      {chips.map(([standing, state, word]) => (
        <button
          key={standing}
          type="button"
          className={classes.chip}
          aria-pressed={show === standing}
          onClick={() => onShow(show === standing ? undefined : standing)}
        >
          <StateIcon state={state} size={14} />
          <b>{incidents.filter((one) => stands(one, standing, now)).length}</b> {word}
        </button>
      ))}
    </fieldset>
  );
}
