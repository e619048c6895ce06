import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './signature-text.module.css';
import { partsOfSignature } from './signature-text-parts.ts';

export interface SignatureTextProps {
  readonly signature: string;
  /** Shows a button that copies the signature as it is stored. Leave out inside anything that is itself clickable. */
  readonly copyable?: boolean;
  /** Cuts after two lines; the whole text is in the tooltip. */
  readonly short?: boolean;
}

/** An error signature with what varies set apart as chips. */
export function SignatureText({ signature, copyable = false, short = false }: SignatureTextProps) {
  const text = (
    <span className={short ? classes.short : classes.text} title={short ? signature : undefined}>
      {withPlaces(signature).map(({ part, at }) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <span key={at} className={classes.token} title={part.meaning} data-code={part.isCode || undefined}>
            {part.label}
          </span>
        ),
      )}
    </span>
  );
  if (!copyable) return text;
  return (
    <span className={classes.withCopy}>
      {text}
      <CopyButton value={signature}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the signature'}>
            <ActionIcon size="sm" onClick={copy} aria-label={copied ? 'Copied' : 'Copy the signature'}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}

/** Each part with its place in the text: the same token may stand there twice, its place only once. */
function withPlaces(signature: string) {
  let at = 0;
  return partsOfSignature(signature).map((part) => {
    const placed = { part, at };
    at += part.text.length;
    return placed;
  });
}
