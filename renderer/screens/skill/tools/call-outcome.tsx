import { Button, CopyButton } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { formatLatency } from '../../../components/format.ts';
import { StateIcon } from '../../../components/state-icon.tsx';
import { TextBlock } from '../../../components/text-block.tsx';
import { type ShownResult, shownFailure, shownResult } from './tool-result.ts';
import classes from './tools.module.css';
import type { Answered, Invocation } from './use-invoke.ts';

/** What came of the last call: the answer as text, or why there is none. */
export function CallOutcome({ call }: { call: UseMutationResult<Answered, Error, Invocation> }) {
  return (
    <section className={classes.outcome} aria-label="Answer" aria-live="polite" aria-busy={call.isPending}>
      {call.isPending && (
        <p className={classes.verdict}>
          <StateIcon state="busy" size={15} />
          Waiting for the answer …
        </p>
      )}
      {call.isError && <Failure error={call.error} />}
      {call.isSuccess && <Result answered={call.data} />}
    </section>
  );
}

function Failure({ error }: { error: Error }) {
  const { answered, parts } = shownFailure(error);
  return (
    <>
      <p className={classes.verdict}>
        <StateIcon state={answered ? 'warn' : 'bad'} size={15} />
        {answered ? 'It answers that it failed' : 'No answer'}
      </p>
      <Parts parts={parts} />
    </>
  );
}

function Result({ answered }: { answered: Answered }) {
  const { isError, parts } = shownResult(answered.result);
  return (
    <>
      <p className={classes.verdict}>
        <StateIcon state={isError ? 'warn' : 'ok'} size={15} />
        {isError ? 'It answers that it failed' : 'Answered'}
        <span className={classes.note}>after {formatLatency(answered.tookMs)}</span>
        <CopyButton value={parts.map((part) => part.text).join('\n')}>
          {({ copied, copy }) => (
            <Button className={classes.copy ?? ''} variant="subtle" size="compact-xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </p>
      {parts.length === 0 && <p className={classes.note}>It answered without saying anything.</p>}
      <Parts parts={parts} />
    </>
  );
}

function Parts({ parts }: Pick<ShownResult, 'parts'>) {
  return parts.map((part, index) => (
    <TextBlock
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one answer have no other name and never move
      key={index}
      label={parts.length === 1 ? 'What it said' : `What it said, part ${index + 1}`}
      text={part.text}
    />
  ));
}
