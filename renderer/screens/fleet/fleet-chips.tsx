import { useNavigate } from '@tanstack/react-router';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import chip from '../../components/chips.module.css';
import type { StateKind } from '../../components/display-state.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { type FleetShow, standingOf } from './fleet-filter.ts';

const chips: readonly (readonly [FleetShow, StateKind, string])[] = [
  ['attention', 'bad', 'Need attention'],
  ['unknown', 'none', 'Unknown'],
  ['well', 'ok', 'Nothing to do'],
];

/** How many hosts stand where, each count a filter. */
export function FleetChips({ hosts, show }: { hosts: readonly FleetHost[]; show: FleetShow | undefined }) {
  const navigate = useNavigate({ from: '/fleet' });
  const set = (next: FleetShow | undefined) =>
    void navigate({ search: (search) => ({ ...search, show: next }), replace: true });
  const count = (wanted: FleetShow) => hosts.filter((host) => standingOf(host) === wanted).length;
  return (
    <fieldset className={chip.chips}>
      <legend className={chip.legend}>Show hosts that</legend>
      <button
        type="button"
        className={chip.chip}
        aria-pressed={show === undefined}
        onClick={() => set(undefined)}
      >
        <b>{hosts.length}</b> All
      </button>
      {chips.map(
        ([one, state, word]) =>
          (count(one) > 0 || show === one) && (
            <button
              key={one}
              type="button"
              className={chip.chip}
              aria-pressed={show === one}
              onClick={() => set(show === one ? undefined : one)}
            >
              <StateIcon state={state} size={14} />
              <b>{count(one)}</b> {word}
            </button>
          ),
      )}
    </fieldset>
  );
}
