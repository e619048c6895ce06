import { JsonInput, NativeSelect, Switch, TextInput } from '@mantine/core';
import type { ToolField } from './tool-fields.ts';

export interface ToolFieldInputProps {
  readonly field: ToolField;
  readonly value: string;
  readonly problem: string | undefined;
  onChange(value: string): void;
}

/** The input that fits one argument. */
export function ToolFieldInput({ field, value, problem, onChange }: ToolFieldInputProps) {
  const named = {
    label: field.label,
    description: field.help === '' ? null : field.help,
    withAsterisk: field.required,
    error: problem ?? null,
  };
  switch (field.kind) {
    case 'switch':
      return (
        <Switch
          label={field.label}
          description={named.description}
          checked={value === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
          error={named.error}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...named}
          value={value}
          data={[
            { value: '', label: field.required ? 'Choose one' : 'leave it out' },
            ...field.options.map((option) => ({ value: JSON.stringify(option), label: String(option) })),
          ]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'json':
      return (
        <JsonInput
          {...named}
          value={value}
          placeholder="JSON"
          autosize
          minRows={2}
          maxRows={12}
          onChange={onChange}
        />
      );
    case 'text':
    case 'number':
    case 'integer':
      return (
        <TextInput
          {...named}
          value={value}
          inputMode={field.kind === 'text' ? 'text' : 'decimal'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
