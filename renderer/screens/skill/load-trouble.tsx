import { Button } from '@mantine/core';
import { errorMessage } from '../../components/toast.tsx';
import classes from './panel.module.css';

/** Says what could not be read and why, and offers to try again. */
export function LoadTrouble({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  return (
    <div className={classes.trouble} role="alert">
      <p>
        {what} could not be read: {errorMessage(error)}
      </p>
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
