import { Button, JsonInput, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Skill } from '../../../../shared/model/skill.ts';
import panel from '../panel.module.css';
import { CallOutcome } from './call-outcome.tsx';
import { paramsOf } from './tool-arguments.ts';
import classes from './tools.module.css';
import { useInvoke } from './use-invoke.ts';
import { WaitInput } from './wait-input.tsx';

/** Asks a skill to do something by hand: a method and its parameters, as they go over the wire. */
export function InvokeCard({ skill }: { skill: Skill }) {
  const oneShot = skill.mode === 'one-shot';
  const [method, setMethod] = useState(oneShot ? 'execute' : 'skill.invoke');
  const [params, setParams] = useState('{}');
  const [problem, setProblem] = useState<string | null>(null);
  const [withinSecs, setWithinSecs] = useState(30);
  const invoke = useInvoke(skill.id);
  const cannot = oneShot || skill.process.state === 'running' ? null : 'It has to run to answer.';

  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = paramsOf(params);
    setProblem('problem' in read ? read.problem : null);
    if ('problem' in read || method.trim() === '' || invoke.isPending) return;
    const { value } = read;
    invoke.mutate({
      method: method.trim(),
      withinSecs,
      ...(value === undefined ? {} : { params: value }),
    });
  }

  return (
    <section className={panel.panel} aria-labelledby="invoke-heading">
      <div className={panel.head}>
        <h2 id="invoke-heading" className={panel.title}>
          {oneShot ? 'Run it now' : 'Invoke'}
        </h2>
        <span className={panel.note}>
          {oneShot
            ? 'started for this one request, judged by how it ends'
            : 'sent to the running process as it stands here'}
        </span>
      </div>
      <form className={classes.fields} onSubmit={submit} noValidate aria-label="Invoke">
        <TextInput
          label="Method"
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
          error={method.trim() === '' ? 'Name a method.' : null}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
        />
        <JsonInput
          label="Parameters, as a JSON object"
          value={params}
          onChange={setParams}
          error={problem}
          autosize
          minRows={3}
          maxRows={16}
          formatOnBlur
        />
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={invoke.isPending}
            disabled={cannot !== null}
          >
            {oneShot ? 'Run' : 'Invoke'}
          </Button>
          <WaitInput value={withinSecs} onChange={setWithinSecs} />
          {cannot !== null && <span className={classes.note}>{cannot}</span>}
        </div>
      </form>
      <CallOutcome call={invoke} />
    </section>
  );
}
