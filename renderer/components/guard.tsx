import { Button, CopyButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import classes from './guard.module.css';

/**
 * Keeps what goes wrong in one part of a screen to that part: a chart that cannot be drawn leaves a line with a way to
 * try again, and everything around it goes on. `what` names the part: `chart`, `card`. Tries again by itself when one of
 * `resetKeys` changes.
 */
export function Guard(props: { what: string; children: ReactNode; resetKeys?: readonly unknown[] }) {
  const { what, children, resetKeys = [] } = props;
  const queries = useQueryClient();
  return (
    <ErrorBoundary
      resetKeys={[...resetKeys]}
      // The answer it choked on is kept, and nobody asks for another while nothing is drawn: trying again starts without it.
      onReset={() => {
        queries.removeQueries({ type: 'inactive' });
        void queries.invalidateQueries();
      }}
      fallbackRender={(fallback) => <Broken {...fallback} what={what} />}
    >
      {children}
    </ErrorBoundary>
  );
}

function Broken({ error, resetErrorBoundary, what }: FallbackProps & { what: string }) {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <div className={classes.broken} role="alert">
      <p>
        <b>This {what} could not be drawn.</b> Your skills are not affected.
      </p>
      <Button size="compact-xs" onClick={resetErrorBoundary}>
        Try again
      </Button>
      <CopyButton value={details}>
        {({ copied, copy }) => (
          <Button size="compact-xs" onClick={copy}>
            {copied ? 'Copied' : 'Copy details'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
