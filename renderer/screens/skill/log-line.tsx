import { memo } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { formatClockSeconds, formatExact } from '../../components/format.ts';
import { ansiParts } from './ansi.ts';
import classes from './log-line.module.css';

/** One line: when, from where, how grave, and what it says. Colours of the terminal become spans, markup stays text. */
export const LogLineRow = memo(function LogLineRow({ line, wrap = true }: { line: LogLine; wrap?: boolean }) {
  return (
    <div
      className={classes.line}
      data-level={line.level}
      data-stream={line.stream}
      data-wrap={wrap || undefined}
    >
      <time className={classes.time} dateTime={new Date(line.at).toISOString()} title={formatExact(line.at)}>
        {formatClockSeconds(line.at)}
      </time>
      <span className={classes.stream}>{line.stream}</span>
      <span className={classes.level}>{LEVELS[line.level]}</span>
      <bdi className={classes.text}>
        {ansiParts(line.text).map((part, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one immutable line have no other name
            key={index}
            data-color={part.color ?? undefined}
            className={[
              part.bold && classes.bold,
              part.dim && classes.dim,
              part.italic && classes.italic,
              part.underline && classes.underline,
            ]
              .filter(Boolean)
              .join(' ')}
          >
            {part.text}
          </span>
        ))}
      </bdi>
    </div>
  );
});

const LEVELS = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const;
