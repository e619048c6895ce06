import { SegmentedControl } from '@mantine/core';
import { type RangeId, rangeIds, ranges } from '../state/ranges.ts';
import { useRange } from '../state/use-range.ts';
import classes from './range-control.module.css';

const data = rangeIds.map((id) => ({ value: id, label: ranges[id].label }));

/** The one range control: what it says holds for every bar, chart and timeline. */
export function RangeControl() {
  const [range, setRange] = useRange();
  return (
    <SegmentedControl
      aria-label="Time range"
      size="xs"
      withItemsBorders={false}
      data={data}
      value={range}
      onChange={(next) => setRange(next as RangeId)}
      classNames={classes}
    />
  );
}
