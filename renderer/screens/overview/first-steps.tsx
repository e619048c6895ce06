import { Button, CloseButton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { changeConfig } from '../../state/change-config.ts';
import { useEnvironment } from '../../state/environment.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { useShownHostId } from '../../state/shown-host.ts';
import classes from './first-steps.module.css';
import { KeepRunning } from './first-steps-keep-running.tsx';
import { Machine } from './first-steps-machine.tsx';
import { Notifying } from './first-steps-notifying.tsx';

const steps = [
  { title: 'Skills and Python', body: Machine },
  { title: 'Notifications', body: Notifying },
  { title: 'Keep it running', body: KeepRunning },
] as const;

/**
 * What a person needs to know and decide once, in three steps beside the running skills, never in front of them. One
 * line until it is wanted, unless something is missing; gone for good once done or skipped, and back from the palette.
 */
export function FirstSteps() {
  const done = useHost((state) => state.settings?.general.firstRunDone);
  const { welcome } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [began, setBegan] = useState(false);
  const wanted = welcome === 1;
  const away = useShownHostId() !== null;
  // They are about this machine and this dashboard.
  if (away || done === undefined || (done && !wanted)) return null;

  function end(): void {
    setBegan(false);
    if (wanted) void navigate({ search: (search) => ({ ...search, welcome: undefined }), replace: true });
    if (done === true) return;
    changeConfig({ general: { firstRunDone: true } }).catch((error: unknown) =>
      feedback.error('The first steps could not be put away', error),
    );
  }

  return <Offer open={began || wanted} onBegin={() => setBegan(true)} onEnd={end} />;
}

function Offer(props: { open: boolean; onBegin: () => void; onEnd: () => void }) {
  const { data: environment } = useEnvironment();
  const lacking =
    environment !== undefined && (environment.python === null || environment.skillsFolders.length === 0);
  if (props.open || lacking) return <Panel onEnd={props.onEnd} />;
  return (
    <section className={classes.strip} aria-label="First steps">
      <p>
        <b>New here?</b>{' '}
        {environment?.python === undefined || environment.python === null
          ? ''
          : `Python ${environment.python.version} was found. `}
        Three short steps: your machine, notifications, and how it keeps running.
      </p>
      <Button size="compact-sm" variant="filled" onClick={props.onBegin}>
        Take them
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={props.onEnd}>
        Skip
      </Button>
    </section>
  );
}

function Panel({ onEnd }: { onEnd: () => void }) {
  const [at, setAt] = useState(0);
  const last = steps.length - 1;
  const Body = steps[at]?.body ?? Machine;
  return (
    <section className={classes.panel} aria-label="First steps">
      <header className={classes.head}>
        <h2 className={classes.title}>First steps</h2>
        <ol className={classes.steps}>
          {steps.map(({ title }, index) => (
            <li key={title}>
              <button
                type="button"
                className={classes.step}
                aria-current={index === at ? 'step' : undefined}
                onClick={() => setAt(index)}
              >
                <span className={classes.number}>{index + 1}</span> {title}
              </button>
            </li>
          ))}
        </ol>
        <CloseButton size="sm" aria-label="Skip the first steps" title="Skip" onClick={onEnd} />
      </header>
      <div className={classes.body}>
        <Body />
      </div>
      <footer className={classes.foot}>
        {at > 0 && <Button onClick={() => setAt(at - 1)}>Back</Button>}
        {at < last ? (
          <Button variant="filled" onClick={() => setAt(at + 1)}>
            Next
          </Button>
        ) : (
          <Button variant="filled" onClick={onEnd}>
            Done
          </Button>
        )}
      </footer>
    </section>
  );
}
