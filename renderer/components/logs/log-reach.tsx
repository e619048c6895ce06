import { Button, Loader } from '@mantine/core';
import { formatBytes, formatExact, plural } from '../format.ts';
import { errorMessage } from '../toast.tsx';
import type { LogFeed, LogFeedState } from './log-feed.ts';
import classes from './log-view.module.css';

/** How much of the log is here: lines, how far back they reach, and a way to look further. */
export function LogReach({ state, feed }: { state: LogFeedState; feed: LogFeed }) {
  const { droppedBytes, error, hasOlder, lines, loadingOlder, searchedTo, status } = state;
  if (status !== 'ready') return null;
  return (
    <span className={classes.note}>
      {plural(lines.length, 'line loaded', 'lines loaded')}
      {droppedBytes > 0 && ` · ${formatBytes(droppedBytes)} dropped`}
      {!hasOlder && lines.length > 0 && <> · The log begins here</>}
      {hasOlder && searchedTo !== null && ` · looked back to ${formatExact(searchedTo)}`}
      {error !== null && ` · could not be read: ${errorMessage(error)}`}
      {loadingOlder && <Loader className={classes.loader ?? ''} size={12} aria-label="Reading older lines" />}
      {hasOlder && !loadingOlder && lines.length > 0 && (
        <Button className={classes.inline ?? ''} size="compact-xs" onClick={() => void feed.loadOlder()}>
          Look further back
        </Button>
      )}
    </span>
  );
}
