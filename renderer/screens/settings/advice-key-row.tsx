import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../bridge/call.ts';
import { feedback } from '../../state/feedback.ts';
import classes from './settings-screen.module.css';

/** The key of the endpoint: goes into the keychain of the operating system and never comes back. Desktop only. */
export function AdviceKeyRow() {
  const labelId = useId();
  const [key, setKey] = useState('');
  const save = useMutation({
    mutationFn: (next: string | null) => call('fix.advice.key', { key: next }),
    onSuccess: ({ stored }) => {
      setKey('');
      feedback.done(stored ? 'Key kept in the keychain' : 'Key forgotten', { key: 'advice-key' });
    },
    onError: (error) => feedback.error('The key was not kept', error),
  });
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') save.mutate(key.trim());
      }}
    >
      <div className={classes.words}>
        <div id={labelId} className={classes.label}>
          Key
        </div>
        <div className={classes.help}>
          Kept in the keychain of the operating system; it is not shown again. Local servers need none.
        </div>
      </div>
      <div className={classes.controls}>
        <PasswordInput
          aria-labelledby={labelId}
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          disabled={save.isPending}
          w={200}
        />
        <Button type="submit" disabled={key.trim() === ''} loading={save.isPending}>
          Keep
        </Button>
        <Button variant="subtle" color="gray" disabled={save.isPending} onClick={() => save.mutate(null)}>
          Forget
        </Button>
      </div>
    </form>
  );
}
