import { Button, NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { ruleProblem, UNIT_WORDS } from './config-edit.ts';
import type { ConfigRow } from './config-rows.ts';
import classes from './config-tab.module.css';
import { useSaveRule } from './use-save-rule.ts';

export interface ConfigRowEditProps {
  readonly skillId: string;
  readonly row: ConfigRow;
  onClose(): void;
}

/** One rule being changed in place. Enter saves, Escape leaves it as it was, what is wrong stands below. */
export function ConfigRowEdit({ skillId, row, onClose }: ConfigRowEditProps) {
  const [value, setValue] = useState<number | string | boolean>(row.raw);
  const save = useSaveRule(skillId, row);
  const problem = value === row.raw ? null : ruleProblem(row, value);
  const wrong = problem ?? (save.isError ? `Not saved: ${save.error.message}` : null);

  function submit(): void {
    if (save.isPending || problem !== null || typeof value === 'string') return;
    if (value === row.raw && row.source === 'skill-settings') onClose();
    else save.mutate(value, { onSuccess: onClose });
  }

  return (
    <form
      className={classes.edit}
      aria-label={`Change ${row.label}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {typeof row.raw === 'boolean' ? (
        <Switch
          data-autofocus
          autoFocus
          aria-label={row.label}
          checked={value === true}
          onChange={(event) => setValue(event.currentTarget.checked)}
          label={value === true ? 'yes' : 'no'}
        />
      ) : (
        <NumberInput
          className={classes.number ?? ''}
          size="xs"
          autoFocus
          aria-label={row.label}
          value={typeof value === 'boolean' ? '' : value}
          onChange={setValue}
          onFocus={(event) => event.currentTarget.select()}
          hideControls
          clampBehavior="none"
          error={wrong}
          rightSection={<span className={classes.unit}>{UNIT_WORDS[row.unit]}</span>}
          rightSectionPointerEvents="none"
        />
      )}
      <Button type="submit" variant="filled" loading={save.isPending} disabled={problem !== null}>
        Save
      </Button>
      <Button onClick={onClose}>Cancel</Button>
    </form>
  );
}
