import { NumberInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { SettingsField } from './settings-fields.ts';
import { problemWith } from './settings-rules.ts';
import classes from './settings-screen.module.css';
import { easierReading, unitSize } from './settings-words.ts';

export interface NumberControlProps {
  readonly field: SettingsField & { kind: 'number' };
  /** The value in force, wire units; undefined: inherited, shown as `placeholder`. */
  readonly value: number | undefined;
  readonly placeholder?: number | undefined;
  readonly labelId: string;
  readonly helpId: string;
  readonly saving: boolean;
  /** What the host said when it refused the last value. */
  readonly refused: string | null;
  onSave(value: number): void;
}

/** A number with its unit. Saved on Enter or on leaving; Escape brings the old value back; what is wrong stands below. */
export function NumberControl(props: NumberControlProps) {
  const { field, value, placeholder, labelId, helpId, saving, refused, onSave } = props;
  const size = unitSize(field.unit);
  const shown = value === undefined ? '' : value / size;
  const [draft, setDraft] = useState<number | string>(shown);
  const [known, setKnown] = useState(shown);
  if (known !== shown) {
    // The value changed elsewhere, or the host took ours: what it says replaces the draft.
    setKnown(shown);
    setDraft(shown);
  }

  const untouched = draft === shown || (draft === '' && value === undefined);
  const wire = typeof draft === 'number' ? Math.round(draft * size * 1e6) / 1e6 : Number.NaN;
  const exact = size === 1 ? wire : Math.round(wire);
  const problem = untouched ? null : problemWith(field, exact);
  const easier = Number.isFinite(exact) && problem === null ? easierReading(field, exact) : null;

  const wrong = problem ?? (refused === null ? null : `Not saved: ${refused}`);
  const wrongId = useId();

  function commit(): void {
    if (!untouched && problem === null && !saving) onSave(exact);
  }

  return (
    <div className={classes.control}>
      <NumberInput
        aria-labelledby={labelId}
        aria-describedby={wrong === null ? helpId : `${helpId} ${wrongId}`}
        className={classes.number ?? ''}
        value={draft}
        onChange={setDraft}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && !untouched) {
            event.stopPropagation();
            setDraft(shown);
          }
        }}
        placeholder={placeholder === undefined ? '' : String(placeholder / size)}
        error={wrong !== null}
        disabled={saving}
        hideControls
        clampBehavior="none"
        rightSection={field.unit === 'count' ? undefined : <span className={classes.unit}>{field.unit}</span>}
        rightSectionWidth={field.unit === 'count' ? 0 : 48}
        rightSectionPointerEvents="none"
      />
      {wrong !== null && (
        <p id={wrongId} className={classes.wrong} role="alert">
          {wrong}
        </p>
      )}
      {easier !== null && wrong === null && <span className={classes.easier}>= {easier}</span>}
    </div>
  );
}
