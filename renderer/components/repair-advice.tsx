import { Button, Modal } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';
import { useHost } from '../state/host-store.ts';
import { MAX_ERROR_TEXT } from './fix-text.ts';
import { OwnerOnly } from './fleet/locked.tsx';
import classes from './repair-advice.module.css';
import { useAdviceStream } from './repair-advice-stream.ts';

type Preview = CommandAnswer<'fix.advice.preview'>;

export interface RepairAdviceProps {
  readonly skillId: string;
  readonly error: string;
}

/** A suggestion by a language model, asked for by hand, shown with where it comes from. Absent while it is turned off. */
export function RepairAdvice({ skillId, error }: RepairAdviceProps) {
  const enabled = useHost((state) => state.settings?.advice.enabled === true);
  if (!enabled || error.trim() === '') return null;
  return <Ask key={skillId} skillId={skillId} error={error.slice(0, MAX_ERROR_TEXT)} />;
}

function Ask({ skillId, error }: RepairAdviceProps) {
  const [shown, setShown] = useState<Preview | null>(null);
  const request = useMutation({
    mutationFn: (seen: Preview) =>
      call('fix.advice.request', {
        ...{ skillId, error, digest: seen.digest },
        ...(seen.consented ? {} : { consent: true as const }),
      }),
  });
  const preview = useMutation({
    mutationFn: () => call('fix.advice.preview', { skillId, error }),
    onSuccess: (seen, _variables) => (seen.consented ? request.mutate(seen) : setShown(seen)),
  });
  const look = useMutation({
    mutationFn: () => call('fix.advice.preview', { skillId, error }),
    onSuccess: setShown,
  });
  const asked = request.data ?? null;
  const { text, done } = useAdviceStream(asked?.adviceId ?? null);
  const cancel = useMutation({
    mutationFn: (adviceId: string) => call('fix.advice.cancel', { adviceId }),
  });
  const running = asked !== null && done === null;
  const refused = request.error ?? preview.error ?? look.error;

  return (
    <section className={classes.card} aria-label="Suggestion by a model">
      <div className={classes.buttons}>
        <OwnerOnly>
          <Button
            size="compact-sm"
            leftSection={<IconSparkles size={14} />}
            loading={preview.isPending || request.isPending}
            disabled={running}
            onClick={() => preview.mutate()}
          >
            {asked === null ? 'Ask the model' : 'Ask again'}
          </Button>
          {running && asked !== null && (
            <Button size="compact-sm" variant="subtle" onClick={() => cancel.mutate(asked.adviceId)}>
              Cancel
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" loading={look.isPending} onClick={() => look.mutate()}>
            What is sent
          </Button>
        </OwnerOnly>
      </div>
      {asked !== null && (
        <>
          <p className={classes.origin} role="status">
            {running ? 'Asking' : 'Suggested by'} {asked.origin.model} at {asked.origin.endpoint}. It may be
            wrong; nothing of it is carried out.
          </p>
          {text !== '' && <div className={classes.answer}>{text}</div>}
          {done?.end === 'cancelled' && <p className={classes.origin}>Cancelled.</p>}
          {done?.problem != null && (
            <p className={classes.problem} role="alert">
              {done.problem.message}
            </p>
          )}
          {done?.end === 'complete' && (
            <Link to="/fixes" search={{ record: 1, skill: skillId, error: error.slice(-4000) }}>
              It helped: record it in your own words
            </Link>
          )}
        </>
      )}
      {refused !== null && (
        <p className={classes.problem} role="alert">
          {refused.message}
        </p>
      )}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title="This is what would be sent"
        size="xl"
      >
        {shown !== null && (
          <>
            <p>
              To <b>{shown.origin.model}</b> at <b>{shown.origin.endpoint}</b>, word for word. Secrets are
              masked; look whether anything else should not leave this machine.
            </p>
            <pre className={classes.sent}>
              {shown.messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n')}
            </pre>
            <div className={classes.buttons}>
              <Button
                variant="filled"
                loading={request.isPending}
                onClick={() => request.mutate(shown, { onSettled: () => setShown(null) })}
              >
                {shown.consented ? 'Send' : 'Agree and send'}
              </Button>
              <Button variant="subtle" onClick={() => setShown(null)}>
                Do not send
              </Button>
            </div>
          </>
        )}
      </Modal>
    </section>
  );
}
