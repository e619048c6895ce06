import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CredentialState, MAX_CREDENTIAL_CHARS } from '../../../../shared/model/credential.ts';
import type { Skill } from '../../../../shared/model/skill.ts';
import { call } from '../../../bridge/call.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { StateIcon } from '../../../components/state-icon.tsx';
import { feedback } from '../../../state/feedback.ts';
import { restartSkill } from '../../../state/skill-actions.ts';
import { sourceWords } from './credential-words.ts';
import classes from './setup.module.css';

/** One credential: what it is for, where its value comes from, and a field that only ever takes one in. */
export function CredentialRow({ credential, skill }: { credential: CredentialState; skill: Skill }) {
  const { name, envVar, description, required, source } = credential;
  const queries = useQueryClient();
  const [value, setValue] = useState('');
  const [clearing, setClearing] = useState(false);
  const { state, words } = sourceWords(credential);
  const running = skill.process.state === 'running';

  const save = useMutation({
    mutationFn: (entered: string) => call('credential.set', { skillId: skill.id, name, value: entered }),
    onSuccess: () => {
      setValue('');
      feedback.done(`${name} of ${skill.id} is entered`, {
        key: `credential:${skill.id}`,
        body: running ? 'It is in force from its next start.' : 'The skill gets it when it starts.',
        ...(running ? { action: { label: 'Restart now', run: () => void restartSkill(skill.id) } } : {}),
      });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['credentials', skill.id] }),
  });

  async function clear(): Promise<boolean> {
    try {
      await call('credential.clear', { skillId: skill.id, name });
      feedback.done(`${name} of ${skill.id} is cleared`, { key: `credential:${skill.id}` });
      return true;
    } catch (error) {
      feedback.error(`${name} of ${skill.id} could not be cleared`, error, {
        key: `credential:${skill.id}`,
      });
      return false;
    } finally {
      void queries.invalidateQueries({ queryKey: ['credentials', skill.id] });
    }
  }

  return (
    <li className={classes.credential}>
      <div className={classes.about}>
        <p className={classes.name}>
          <StateIcon state={state} size={15} />
          <b>{name}</b>
          <span className={classes.source}>{words}</span>
        </p>
        <p className={classes.help}>
          {description === '' ? '' : `${description} · `}
          {required ? 'required' : 'optional'} · <code>{envVar}</code>
        </p>
      </div>
      <form
        className={classes.enter}
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== '' && !save.isPending) save.mutate(value);
        }}
      >
        <PasswordInput
          size="xs"
          className={classes.secret ?? ''}
          aria-label={`Value of ${name}`}
          placeholder={source === 'stored' ? 'Enter another value' : 'Enter a value'}
          value={value}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            save.reset();
          }}
          maxLength={MAX_CREDENTIAL_CHARS}
          autoComplete="off"
          spellCheck={false}
          error={save.isError ? `Not saved: ${save.error.message}` : null}
          visibilityToggleButtonProps={{ 'aria-label': `Show what is typed for ${name}` }}
        />
        <Button type="submit" variant="filled" disabled={value === ''} loading={save.isPending}>
          Save
        </Button>
        {source === 'stored' && (
          <Button variant="subtle" aria-label={`Clear ${name}`} onClick={() => setClearing(true)}>
            Clear…
          </Button>
        )}
      </form>
      {clearing && (
        <ConfirmDialog
          title={`Clear ${name}?`}
          confirm="Clear"
          danger
          onConfirm={clear}
          onClose={() => setClearing(false)}
        >
          <p>
            The value is erased and cannot be brought back. {skill.id} keeps what it was given until its next
            start.
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}
