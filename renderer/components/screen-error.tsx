import { Button, CopyButton } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { EmptyState } from './empty-state.tsx';
import classes from './screen-error.module.css';

/** What stands in for a screen, chart or card that could not be drawn. The rest of the page goes on. */
export function ScreenError(props: {
  error: unknown;
  what?: string;
  reset?: () => void;
  resetErrorBoundary?: () => void;
}) {
  const { error, what = 'screen' } = props;
  const retry = props.resetErrorBoundary ?? props.reset;
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    <div role="alert">
      <EmptyState
        icon={<IconMoodSad size={28} stroke={1.5} />}
        title={`This ${what} could not be drawn`}
        action={
          <>
            {retry !== undefined && (
              <Button variant="filled" onClick={retry}>
                Try again
              </Button>
            )}
            <CopyButton value={details}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy details'}</Button>}
            </CopyButton>
          </>
        }
      >
        Your skills are not affected: the host goes on supervising them.
        <details className={classes.details}>
          <summary>Technical details</summary>
          <pre>{details}</pre>
        </details>
      </EmptyState>
    </div>
  );
}
