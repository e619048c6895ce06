import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconBaselineDensitySmall, IconLayoutGrid, IconTable } from '@tabler/icons-react';
import seg from '../../components/range-control.module.css';
import { type OverviewView, setOverviewView, useOverviewView } from '../../state/overview-view.ts';
import classes from './overview-screen.module.css';

const views = [
  { value: 'table', label: 'Table', icon: IconTable },
  { value: 'compact', label: 'Compact table', icon: IconBaselineDensitySmall },
  { value: 'cards', label: 'Cards', icon: IconLayoutGrid },
] as const;

/** Table, dense table or cards; remembered. */
export function ViewControl() {
  const view = useOverviewView();
  return (
    <SegmentedControl
      aria-label="View"
      size="xs"
      withItemsBorders={false}
      className={classes.views ?? ''}
      classNames={seg}
      data={views.map(({ value, label, icon: ViewIcon }) => ({
        value,
        label: (
          <span className={classes.view} title={label}>
            <ViewIcon size={15} stroke={1.8} aria-hidden="true" />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
      value={view}
      onChange={(next) => setOverviewView(next as OverviewView)}
    />
  );
}
