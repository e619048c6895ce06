import { ActionIcon, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import seg from '../../components/range-control.module.css';
import { NumberControl } from './number-control.tsx';
import type { SettingsField } from './settings-fields.ts';
import { rangeInWords, ruleOf } from './settings-rules.ts';
import classes from './settings-screen.module.css';
import { type SettingValue, settingInWords } from './settings-words.ts';
import { TextControl } from './text-control.tsx';
import { useSaveSetting } from './use-settings-commands.ts';

export interface SettingRowProps {
  readonly field: SettingsField;
  readonly value: SettingValue;
  /** Why the field cannot be set here; null where it can. */
  readonly locked: string | null;
}

/** One setting of the app: what it means, what is in force, and a way to change it. */
export function SettingRow({ field, value, locked }: SettingRowProps) {
  const id = useId();
  const labelId = `${id}-label`;
  const helpId = `${id}-help`;
  const save = useSaveSetting(field, value);
  const { fallback } = ruleOf(field);
  const refused = save.isError ? save.error.message : null;

  return (
    <SettingLine
      field={field}
      labelId={labelId}
      helpId={helpId}
      note={
        locked ??
        `Default ${defaultWords(field, fallback)}${field.kind === 'number' ? `, ${rangeInWords(field)}` : ''}.`
      }
    >
      {value !== fallback && locked === null && (
        <Tooltip label={`Back to ${defaultWords(field, fallback)}`}>
          <ActionIcon
            className={classes.reset}
            aria-label={`Set ${field.label} back to its default`}
            disabled={save.isPending}
            onClick={() => save.mutate(null)}
          >
            <IconRestore size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {field.kind === 'number' && typeof value === 'number' && (
        <NumberControl
          field={field}
          value={value}
          labelId={labelId}
          helpId={helpId}
          saving={save.isPending}
          refused={refused}
          onSave={(next) => save.mutate(next)}
        />
      )}
      {field.kind === 'switch' && typeof value === 'boolean' && (
        <Switch
          aria-labelledby={labelId}
          aria-describedby={helpId}
          checked={value}
          disabled={save.isPending || locked !== null}
          error={refused}
          onChange={(event) => save.mutate(event.currentTarget.checked)}
        />
      )}
      {field.kind === 'text' && typeof value === 'string' && (
        <TextControl
          field={field}
          value={value}
          labelId={labelId}
          helpId={helpId}
          saving={save.isPending}
          refused={refused}
          onSave={(next) => save.mutate(next)}
        />
      )}
      {field.kind === 'choice' && typeof value === 'string' && (
        <SegmentedControl
          size="xs"
          classNames={seg}
          aria-labelledby={labelId}
          data={[...field.options]}
          value={value}
          disabled={locked !== null}
          onChange={(next) => save.mutate(next)}
        />
      )}
    </SettingLine>
  );
}

/** The words of a setting on the left, its control on the right. */
export function SettingLine(props: {
  field: SettingsField;
  labelId: string;
  helpId: string;
  note: ReactNode;
  children: ReactNode;
}) {
  const { field, labelId, helpId, note, children } = props;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div id={labelId} className={classes.label}>
          {field.label}
        </div>
        <div id={helpId} className={classes.help}>
          {field.help} <span className={classes.note}>{note}</span>
        </div>
      </div>
      <div className={classes.controls}>{children}</div>
    </div>
  );
}

function defaultWords(field: SettingsField, fallback: SettingValue): string {
  if (fallback === '') return 'empty';
  if (field.kind !== 'choice') return settingInWords(field, fallback);
  return field.options.find((option) => option.value === fallback)?.label ?? String(fallback);
}
