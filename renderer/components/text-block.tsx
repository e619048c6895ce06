import { type Ref, type UIEventHandler, useMemo } from 'react';
import { ansiParts } from './logs/ansi.ts';
import classes from './text-block.module.css';

export interface TextBlockProps {
  /** Read out as its name. */
  readonly label: string;
  readonly text: string;
  /** It grows, and what is new is read out when nothing else is. */
  readonly live?: boolean;
  readonly ref?: Ref<HTMLElement>;
  readonly onScroll?: UIEventHandler<HTMLElement>;
}

/**
 * Somebody's text, never as markup, in a box that scrolls and can be reached with the keyboard. Colours of a terminal are
 * left out; other control characters become a visible mark, so that no text can hide what it says.
 */
export function TextBlock({ label, text, live = false, ref, onScroll }: TextBlockProps) {
  const plain = useMemo(
    () =>
      ansiParts(text.replaceAll(/\r\n?/g, '\n'))
        .map((part) => part.text)
        .join(''),
    [text],
  );
  return (
    <section
      ref={ref}
      className={classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
      tabIndex={0}
      aria-label={label}
      aria-live={live ? 'polite' : undefined}
      onScroll={onScroll}
    >
      <pre className={classes.text}>{plain}</pre>
    </section>
  );
}
