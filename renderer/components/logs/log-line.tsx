import { memo, type ReactNode } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { formatClockSeconds, formatExact } from '../format.ts';
import { type AnsiPart, ansiParts } from './ansi.ts';
import { cutAtFinds, type Stretch } from './find-in-text.ts';
import { jsonLayout } from './json-text.ts';
import classes from './log-line.module.css';

const LEVELS = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const;

export interface LogLineRowProps {
  readonly line: LogLine;
  readonly wrap?: boolean;
  readonly times?: boolean;
  /** Whose line it is, where several skills are shown. */
  readonly named?: boolean;
  /** Laid out, when it is JSON. */
  readonly expanded?: boolean;
  /** Marks what is looked for. */
  readonly finder?: ((text: string) => readonly Stretch[]) | null;
}

/** One line: when, from where, how grave, and what it says. Colours of the terminal become spans, markup stays text. */
export const LogLineRow = memo(function LogLineRow({
  line,
  wrap = true,
  times = true,
  named = false,
  expanded = false,
  finder = null,
}: LogLineRowProps) {
  const layout = expanded ? jsonLayout(line.text) : null;
  return (
    <div
      className={classes.line}
      data-level={line.level}
      data-stream={line.stream}
      data-wrap={wrap || layout !== null || undefined}
      data-times={times || undefined}
      data-named={named || undefined}
    >
      {times && (
        <time
          className={classes.time}
          dateTime={new Date(line.at).toISOString()}
          title={formatExact(line.at)}
        >
          {formatClockSeconds(line.at)}
        </time>
      )}
      {named && <span className={classes.skill}>{line.skillId}</span>}
      <span className={classes.stream}>{line.stream}</span>
      <span className={classes.level}>{LEVELS[line.level]}</span>
      <bdi className={classes.text}>{drawn(ansiParts(layout ?? line.text), finder)}</bdi>
    </div>
  );
});

function drawn(parts: readonly AnsiPart[], finder: LogLineRowProps['finder']): ReactNode {
  const finds = finder?.(parts.map((part) => part.text).join('')) ?? [];
  return cutAtFinds(parts, finds).map(({ part, text, at, found }) => {
    const props = {
      'data-color': part.color ?? undefined,
      className: [
        part.bold && classes.bold,
        part.dim && classes.dim,
        part.italic && classes.italic,
        part.underline && classes.underline,
      ]
        .filter(Boolean)
        .join(' '),
    };
    return found ? (
      <mark key={at} {...props}>
        {text}
      </mark>
    ) : (
      <span key={at} {...props}>
        {text}
      </span>
    );
  });
}
