import { useEffect, useRef } from 'react';
import { changeSelection, nothingSelected, useSelection } from '../../state/selection.ts';
import classes from './skill-entry-parts.module.css';

/** Selects every row shown, or none; half way between when some are. */
export function SelectAll({ ids }: { ids: readonly string[] }) {
  const { ids: selected } = useSelection();
  const box = useRef<HTMLInputElement>(null);
  const all = ids.length > 0 && ids.every((id) => selected.has(id));
  const some = !all && selected.size > 0;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some;
  }, [some]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={classes.box}
      aria-label="Select all"
      title="Select all"
      checked={all}
      onChange={() => changeSelection(() => (all ? nothingSelected : { ids: new Set(ids), anchor: null }))}
    />
  );
}
