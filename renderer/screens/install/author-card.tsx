import { Button, Code, CopyButton } from '@mantine/core';
import classes from './install.module.css';

const COMMAND = 'skillward new my-skill';

/** For those who have none yet. */
export function AuthorCard() {
  return (
    <section className={classes.card} aria-labelledby="author-heading">
      <h2 id="author-heading" className={classes.title}>
        Write a new one
      </h2>
      <p className={classes.text}>
        <Code>{COMMAND}</Code>
        <CopyButton value={COMMAND}>
          {({ copied, copy }) => (
            <Button variant="subtle" size="compact-xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy the command'}
            </Button>
          )}
        </CopyButton>
      </p>
      <p className={classes.text}>
        writes a working skill with its tests. Put it into a skills folder, and it is found; or add it here
        when it is done.
      </p>
    </section>
  );
}
