import { Button, Kbd, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { getHotkeyHandler, useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import type { FixPattern } from '../../shared/model/fix.ts';
import { CallError, call } from '../bridge/call.ts';
import { joinFixText, MAX_ERROR_TEXT } from './fix-text.ts';
import { Orders } from './fleet/locked.tsx';
import { modKey } from './keys.ts';
import classes from './record-fix-form.module.css';
import { RecordFixAction } from './record-fix-form-action.tsx';
import { draftOf, dropDraft, keepDraft } from './record-fix-form-draft.ts';
import { RecordFixPreview } from './record-fix-form-preview.tsx';
import { type FixForm, fixFormSchema } from './record-fix-form-schema.ts';
import { RecordFixScope } from './record-fix-form-scope.tsx';

export interface RecordFixFormProps {
  /** The error as the skill gave it; empty when a person starts from nothing. */
  readonly error?: string;
  /** The skill that showed the error, if it is known. */
  readonly skillId?: string;
  /** The recovery this answers: its suggested words stand in the form. */
  readonly proposal?: { readonly id: number; readonly suggestion: string };
  /** Called with the recorded fix once the host has it on disk. */
  onSaved(pattern: FixPattern): void;
  onCancel(): void;
}

const blank = { title: '', details: '', safeAction: 'none', autoApply: false } as const;

/** The form that turns "I mended it" into a suggestion for the next time. */
export function RecordFixForm({ error = '', skillId, proposal, onSaved, onCancel }: RecordFixFormProps) {
  const titleId = useId();
  const queryClient = useQueryClient();
  const draftKey = `${skillId ?? ''} ${error}`;
  const suggested = proposal?.suggestion ?? '';
  const root = useRef<HTMLFormElement>(null);
  const form = useForm<FixForm>({
    initialValues: draftOf(draftKey) ?? { ...blank, error, title: suggested, skillId: skillId ?? '' },
    onValuesChange: (values) => keepDraft(draftKey, values),
    validate: schemaResolver(fixFormSchema, { sync: true }),
    validateInputOnBlur: ['title'],
  });
  const [settledError] = useDebouncedValue(form.values.error.slice(0, MAX_ERROR_TEXT), 250);
  const save = useMutation({
    mutationFn: (fix: FixForm) =>
      call('fix.record', {
        error: fix.error,
        fixDescription: joinFixText(fix),
        ...(fix.skillId === '' ? {} : { skillId: fix.skillId }),
        ...(proposal === undefined ? {} : { proposalId: proposal.id }),
        // What was not chosen is not sent: recording an error again must not take its action away.
        ...(fix.safeAction === 'none' ? {} : { safeAction: fix.safeAction, autoApply: fix.autoApply }),
      }),
    onSuccess: ({ pattern }) => {
      dropDraft(draftKey);
      void queryClient.invalidateQueries({ queryKey: ['fixes'] });
      void queryClient.invalidateQueries({ queryKey: ['fix-matches'] });
      void queryClient.invalidateQueries({ queryKey: ['fix-proposals'] });
      onSaved(pattern);
    },
    onError: (error) => {
      // The rest was checked here; what the host cannot take is an error text nothing can be recognised by.
      if (error instanceof CallError && error.code === 'invalid_payload')
        form.setFieldError('error', error.message);
    },
  });
  const submit = form.onSubmit((fix) => {
    if (!save.isPending) save.mutate(fix);
  });

  const { values } = form;
  const untouched = values.title === suggested && values.details === '' && values.error === error;
  function cancel(): void {
    dropDraft(draftKey);
    onCancel();
  }
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);

  return (
    <form
      ref={root}
      className={classes.form}
      aria-labelledby={titleId}
      onSubmit={submit}
      onKeyDown={getHotkeyHandler([
        ['mod+Enter', () => submit()],
        // Escape leaves an untouched form only: typed words are worth more than a key press.
        ['Escape', () => (untouched ? cancel() : undefined)],
      ])}
      noValidate
    >
      <h2 id={titleId}>Record a fix</h2>
      <Textarea
        label="The error"
        description="Paste it as it came, a whole traceback if you have it."
        autosize
        minRows={5}
        maxRows={16}
        spellCheck={false}
        data-autofocus={error === '' ? true : undefined}
        classNames={{ input: classes.mono ?? '' }}
        {...form.getInputProps('error')}
      />
      <RecordFixPreview error={form.values.error} settled={settledError} skillId={form.values.skillId} />
      <TextInput
        label="What fixed it"
        withAsterisk
        placeholder="Renewed the token in the vault"
        data-autofocus={error === '' ? undefined : true}
        {...form.getInputProps('title')}
      />
      <Textarea
        label="How, in a few words"
        placeholder="Where to look, what to run, what to watch for"
        autosize
        minRows={3}
        maxRows={12}
        {...form.getInputProps('details')}
      />
      <RecordFixScope
        known={skillId}
        skillId={form.values.skillId}
        onChange={(next) => form.setFieldValue('skillId', next)}
      />
      <RecordFixAction
        safeAction={values.safeAction}
        autoApply={values.autoApply}
        onChange={(choice) => form.setValues(choice)}
      />
      {save.isError && form.errors.error === undefined && (
        <p className={classes.problem} role="alert">
          Not saved: {save.error.message}
        </p>
      )}
      <div className={classes.footer}>
        <Orders>
          <Button type="submit" variant="filled" loading={save.isPending} rightSection={<SaveKeys />}>
            Save fix
          </Button>
        </Orders>
        <Button variant="subtle" color="gray" onClick={cancel}>
          Cancel
        </Button>
        <span className={classes.note}>Secrets are masked</span>
      </div>
    </form>
  );
}

function SaveKeys() {
  return (
    <Kbd className={classes.keys} aria-hidden>
      {modKey} ↵
    </Kbd>
  );
}
