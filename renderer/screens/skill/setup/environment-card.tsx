import { Button, Skeleton } from '@mantine/core';
import type { Skill } from '../../../../shared/model/skill.ts';
import { commandText } from '../../../components/command-text.ts';
import { StateIcon } from '../../../components/state-icon.tsx';
import { TextBlock } from '../../../components/text-block.tsx';
import { cancelEnvironment, createEnvironment, useEnvironmentJob } from '../../../state/environment-jobs.ts';
import { useEnvironmentPlan } from '../../../state/package-queries.ts';
import panel from '../panel.module.css';
import { EnvironmentOutput } from './environment-output.tsx';
import classes from './setup.module.css';

/** What the skill runs on, what making it an environment of its own would do word for word, and that action itself. */
export function EnvironmentCard({ skill }: { skill: Skill }) {
  const { data: plan, error } = useEnvironmentPlan(skill.id);
  const job = useEnvironmentJob(skill.id);
  const running = job !== null && job.end === null;
  return (
    <section className={panel.panel} aria-labelledby="environment-heading">
      <div className={panel.head}>
        <h2 id="environment-heading" className={panel.title}>
          Environment
        </h2>
        <span className={panel.note}>
          {skill.process.interpreter === null
            ? 'not started yet'
            : `last started with ${skill.process.interpreter}`}
        </span>
      </div>
      {plan === undefined && error === null && (
        <Skeleton height={90} radius="md" role="status" aria-label="Loading the plan" />
      )}
      {plan === undefined && error !== null && <p className={panel.note}>{error.message}</p>}
      {plan !== undefined && (
        <>
          <dl className={classes.facts}>
            <dt>Needs</dt>
            <dd>
              {plan.dependencies.length === 0 ? (
                'no packages: the standard library is enough'
              ) : (
                <ul className={classes.words}>
                  {plan.dependencies.map((dependency) => (
                    <li key={dependency}>
                      <code>{dependency}</code>
                    </li>
                  ))}
                </ul>
              )}
            </dd>
            <dt>Made in</dt>
            <dd>
              <code>{plan.folder}</code>
            </dd>
          </dl>
          {plan.steps.length > 0 && (
            <>
              <p className={classes.help}>
                Nothing is downloaded unless you ask for it. These commands are run, word for word:
              </p>
              <TextBlock label="Commands" text={plan.steps.map(commandText).join('\n')} />
              {!running && (
                <div className={classes.buttons}>
                  <Button
                    variant={skill.process.cause?.remedy === 'create-environment' ? 'filled' : 'default'}
                    onClick={() => void createEnvironment(skill.id)}
                  >
                    {job === null ? 'Create the environment' : 'Create it again'}
                  </Button>
                </div>
              )}
            </>
          )}
        </>
      )}
      {job !== null && (
        <div className={classes.job}>
          <p className={classes.name} role="status">
            <StateIcon state={jobState(job.end)} size={15} />
            <b>{jobWords(job.end)}</b>
            {job.problem !== null && <span>{job.problem}</span>}
          </p>
          <EnvironmentOutput text={job.text} />
          {running && (
            <div className={classes.buttons}>
              <Button onClick={() => void cancelEnvironment(job)}>Cancel</Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function jobState(end: 'done' | 'failed' | 'cancelled' | null) {
  if (end === null) return 'busy';
  return end === 'done' ? 'ok' : end === 'failed' ? 'bad' : 'off';
}

function jobWords(end: 'done' | 'failed' | 'cancelled' | null): string {
  switch (end) {
    case null:
      return 'Creating the environment …';
    case 'done':
      return 'The environment is ready. The skill uses it from its next start.';
    case 'failed':
      return 'The environment could not be made.';
    case 'cancelled':
      return 'Cancelled: nothing of it was kept.';
  }
}
