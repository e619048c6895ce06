import { Button, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { getHotkeyHandler } from '@mantine/hooks';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { joinFixText, splitFixText } from '../../components/fix-text.ts';
import { RecordFixAction } from '../../components/record-fix-form-action.tsx';
import { type FixForm, fixFormSchema } from '../../components/record-fix-form-schema.ts';
import { RecordFixScope } from '../../components/record-fix-form-scope.tsx';
import { SignatureText } from '../../components/signature-text.tsx';
import classes from './fix-detail.module.css';
import { useFixCommands } from './use-fix-commands.ts';

/** Changes what a fix says and for whom. The error it recognises stays: another error is another fix. */
export function FixEditForm({ pattern, onDone }: { pattern: FixPattern; onDone(): void }) {
  const { update } = useFixCommands();
  const form = useForm<FixForm>({
    initialValues: {
      error: pattern.errorSignature,
      ...splitFixText(pattern.fixDescription),
      skillId: pattern.skillId ?? '',
      safeAction: pattern.safeAction ?? 'none',
      autoApply: pattern.autoApply === true,
    },
    validate: schemaResolver(fixFormSchema, { sync: true }),
  });
  const submit = form.onSubmit((fix) => {
    if (update.isPending) return;
    const change = {
      pattern,
      fixDescription: joinFixText(fix),
      skillId: fix.skillId === '' ? null : fix.skillId,
      safeAction: fix.safeAction,
      autoApply: fix.autoApply,
    };
    update.mutate(change, { onSuccess: onDone });
  });
  return (
    <form
      className={classes.detail}
      aria-label="Edit the fix"
      noValidate
      onSubmit={submit}
      onKeyDown={getHotkeyHandler([
        ['mod+Enter', () => submit()],
        ['Escape', onDone],
      ])}
    >
      <h2>Edit the fix</h2>
      <SignatureText signature={pattern.errorSignature} />
      {pattern.origin !== undefined && (
        <p className={classes.note}>
          Saved, it is a fix of this host. What {pattern.origin.name} has written down stays there as it is.
        </p>
      )}
      <TextInput label="What fixed it" withAsterisk data-autofocus {...form.getInputProps('title')} />
      <Textarea
        label="How, in a few words"
        autosize
        minRows={4}
        maxRows={16}
        {...form.getInputProps('details')}
      />
      <RecordFixScope
        known={pattern.skillId}
        skillId={form.values.skillId}
        onChange={(next) => form.setFieldValue('skillId', next)}
      />
      <RecordFixAction
        safeAction={form.values.safeAction}
        autoApply={form.values.autoApply}
        onChange={(choice) => form.setValues(choice)}
      />
      {update.isError && (
        <p className={classes.problem} role="alert">
          Not saved: {update.error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" loading={update.isPending}>
          Save
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
