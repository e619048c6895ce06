import { useNavigate } from '@tanstack/react-router';
import classes from '../../components/chips.module.css';
import type { StateKind } from '../../components/display-state.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import type { StateCounts } from '../../state/selectors.ts';
import type { Show } from './filter.ts';

const chips: readonly (readonly [StateKind, string])[] = [
  ['bad', 'Failing'],
  ['quar', 'Quarantined'],
  ['warn', 'Degraded'],
  ['busy', 'Restarting'],
  ['ok', 'Healthy'],
  ['off', 'Paused'],
  ['none', 'Unchecked'],
];

/** The counts, each of them a filter. A state nobody is in is not shown, unless it is the filter that is on. */
export function FilterChips({
  counts,
  total,
  show,
}: {
  counts: StateCounts;
  total: number;
  show: Show | undefined;
}) {
  const navigate = useNavigate({ from: '/' });
  const calling = counts.bad + counts.quar;
  function set(next: Show | undefined): void {
    void navigate({ search: (search) => ({ ...search, show: next }), replace: true });
  }
  return (
    <fieldset className={classes.chips}>
      <legend className={classes.legend}>Show skills that are</legend>
      <Chip on={show === undefined} count={total} word="All" onClick={() => set(undefined)} />
      {(calling > 0 || show === 'attention') && (
        <Chip
          on={show === 'attention'}
          count={calling}
          word="Need attention"
          onClick={() => set('attention')}
        />
      )}
      {chips.map(
        ([state, word]) =>
          (counts[state] > 0 || show === state) && (
            <Chip
              key={state}
              state={state}
              on={show === state}
              count={counts[state]}
              word={word}
              onClick={() => set(show === state ? undefined : state)}
            />
          ),
      )}
    </fieldset>
  );
}

function Chip(props: { state?: StateKind; on: boolean; count: number; word: string; onClick: () => void }) {
  return (
    <button type="button" className={classes.chip} aria-pressed={props.on} onClick={props.onClick}>
      {props.state !== undefined && <StateIcon state={props.state} size={14} />}
      <b>{props.count}</b> {props.word}
    </button>
  );
}
