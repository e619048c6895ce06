import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './error-text.module.css';

/** An error as the skill said it, as text only: one line cut short (whole in its tooltip) or, with `lines`, several. Copyable whole. */
export function ErrorText({ text, lines = 1 }: { text: string; lines?: number }) {
  return (
    <div className={classes.box}>
      <code
        className={classes.text}
        data-one={lines === 1 || undefined}
        style={lines === 1 ? undefined : { WebkitLineClamp: lines }}
        title={text}
      >
        {text}
      </code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the error'}>
            <ActionIcon
              className={classes.copy}
              size="sm"
              aria-label={copied ? 'Copied' : 'Copy the error'}
              onClick={copy}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
