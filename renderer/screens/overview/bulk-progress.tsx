import { Button, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import classes from '../../components/bulk-bar.module.css';
import { StateIcon } from '../../components/state-icon.tsx';
import {
  type BulkRun,
  type BulkState,
  bulkWords,
  isUnderWay,
  putBulkAway,
  retryBulk,
  stopBulk,
} from '../../state/bulk-run.ts';

const shapes = { done: 'ok', failed: 'bad', running: 'busy', waiting: 'none', left: 'off' } as const;
const words: Readonly<Record<BulkState, string>> = {
  done: 'done',
  failed: 'failed',
  running: 'under way',
  waiting: 'waiting',
  left: 'left as it was',
};

/** How far an order for many has come, then what became of each, the failures named and first. */
export function BulkProgress({ run }: { run: BulkRun }) {
  const { doing, done } = bulkWords[run.command];
  const total = run.results.length;
  const ended = run.results.filter(({ state }) => state === 'done' || state === 'failed').length;
  const well = run.results.filter(({ state }) => state === 'done').length;
  const underWay = isUnderWay(run);
  const again = run.results.filter(({ state }) => state === 'failed' || state === 'left').length;
  return (
    <section className={classes.progress} aria-label="Progress">
      <div className={classes.line}>
        <b role="status">{underWay ? `${doing}: ${ended} of ${total}` : `${well} of ${total} ${done}`}</b>
        {underWay ? (
          <Button size="compact-xs" disabled={run.stopped} onClick={stopBulk}>
            Stop after these
          </Button>
        ) : (
          <>
            <Button size="compact-xs" variant="filled" onClick={retryBulk}>
              Try the other {again} again
            </Button>
            <Button size="compact-xs" onClick={putBulkAway}>
              Close
            </Button>
          </>
        )}
      </div>
      <Progress value={(ended / total) * 100} size="sm" color="ward" aria-label={`${ended} of ${total}`} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul className={classes.results} aria-label="Each skill" tabIndex={0}>
        {run.results.toSorted(failuresFirst).map(({ skillId, state, problem }) => (
          <li key={skillId}>
            <StateIcon state={shapes[state]} size={14} />
            <Link to="/skill/$skillId" params={{ skillId }}>
              {skillId}
            </Link>
            <span>{problem ?? words[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function failuresFirst(a: { state: BulkState }, b: { state: BulkState }): number {
  return Number(b.state === 'failed') - Number(a.state === 'failed');
}
