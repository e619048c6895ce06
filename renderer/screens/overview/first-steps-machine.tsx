import { Button, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { currentBridge } from '../../bridge/current.ts';
import { EnvironmentList } from '../../components/environment-list.tsx';
import { useEnvironment } from '../../state/environment.ts';
import { reloadSkills } from '../../state/skill-actions.ts';
import classes from './first-steps.module.css';

/** Step 1: is there a Python, and where do skills come from. */
export function Machine() {
  const { data, isError, error, isFetching, refetch } = useEnvironment();
  const desktop = currentBridge().hostKind === 'desktop';
  async function lookAgain(): Promise<void> {
    await reloadSkills();
    await refetch();
  }
  return (
    <>
      {data !== undefined ? (
        <EnvironmentList environment={data} />
      ) : isError ? (
        <p role="alert">The host did not say what this machine offers: {error.message}</p>
      ) : (
        <Skeleton height={84} role="status" aria-label="Looking for Python" />
      )}
      <p className={classes.note}>
        A skill is a folder with a <code>manifest.toml</code> and a Python script, or a single script.{' '}
        {desktop ? (
          <>
            Add your folder with <b>File → Add a skills folder …</b>, or drop a skill on this window.
          </>
        ) : (
          <>
            Name your folder when you start the host: <code>skillward serve --skills FOLDER</code>.
          </>
        )}
      </p>
      <Button
        className={classes.own ?? ''}
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={isFetching}
        onClick={() => void lookAgain()}
      >
        Look again
      </Button>
    </>
  );
}
