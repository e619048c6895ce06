import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { SettingsField } from './settings-fields.ts';
import { problemWith } from './settings-rules.ts';
import classes from './settings-screen.module.css';

export interface TextControlProps {
  readonly field: SettingsField & { kind: 'text' };
  /** The value in force. */
  readonly value: string;
  readonly labelId: string;
  readonly helpId: string;
  readonly saving: boolean;
  /** What the host said when it refused the last value. */
  readonly refused: string | null;
  onSave(value: string): void;
}

/** A line of text. Saved on Enter or on leaving; Escape brings the old value back; what is wrong stands below. */
export function TextControl({ field, value, labelId, helpId, saving, refused, onSave }: TextControlProps) {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // The value changed elsewhere, or the host took ours: what it says replaces the draft.
    setKnown(value);
    setDraft(value);
  }
  const untouched = draft.trim() === value;
  const problem = untouched ? null : problemWith(field, draft.trim());
  const wrong = problem ?? (refused === null ? null : `Not saved: ${refused}`);
  const wrongId = useId();

  function commit(): void {
    if (!untouched && problem === null && !saving) onSave(draft.trim());
  }

  return (
    <div className={classes.control}>
      <TextInput
        aria-labelledby={labelId}
        aria-describedby={wrong === null ? helpId : `${helpId} ${wrongId}`}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape' && !untouched) {
            event.stopPropagation();
            setDraft(value);
          }
        }}
        placeholder={field.placeholder}
        spellCheck={false}
        error={wrong !== null}
        disabled={saving}
        w={field.short === true ? 132 : 280}
      />
      {wrong !== null && (
        <p id={wrongId} className={classes.wrong} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
