import { SegmentedControl } from '@mantine/core';
import { isInFleet, useFleet } from '../../state/fleet.ts';
import { useShownName } from '../../state/shown-host.ts';
import seg from '../range-control.module.css';

/** Whether a screen shows the one host or all of the fleet. Nothing where there is no fleet. */
export function HostScope({ all, onChange }: { all: boolean; onChange: (all: boolean) => void }) {
  const there = useFleet(isInFleet);
  const name = useShownName();
  if (!there && !all) return null;
  return (
    <SegmentedControl
      size="xs"
      classNames={seg}
      aria-label="Whose"
      data={[
        { value: 'one', label: name },
        { value: 'all', label: 'All hosts' },
      ]}
      value={all ? 'all' : 'one'}
      onChange={(next) => onChange(next === 'all')}
    />
  );
}
