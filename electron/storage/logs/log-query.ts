import type { LogLevel, LogLine, LogStream } from '../../../shared/model/log.ts';

/** Times are epoch ms, both exclusive. `query` is text, case ignored, or with `regex` a JavaScript pattern. */
export interface LogQuery {
  readonly skillId?: string | undefined;
  /** Several, merged by time. With neither this nor `skillId`: every skill there is. */
  readonly skillIds?: readonly string[] | undefined;
  readonly stream?: LogStream | undefined;
  /** This level and worse. */
  readonly level?: LogLevel | undefined;
  readonly query?: string | undefined;
  readonly regex?: boolean | undefined;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** At most so many lines, from this end of the stretch; the newest unless said otherwise. */
  readonly limit: number;
  readonly from?: 'newest' | 'oldest' | undefined;
  /** A place of an earlier answer: lines before it are read, from the oldest those after it. */
  readonly cursor?: string | undefined;
}

export interface LogAnswer {
  /** Oldest first: by time, lines of one millisecond by skill, those of one skill in the order they were written. */
  readonly lines: LogLine[];
  /** What was never kept, bytes, since this host started: floods, and a disk that took nothing. */
  readonly droppedBytes: number;
  /** The place before these lines; null when nothing is there. */
  readonly older: string | null;
  /** The place after these lines. */
  readonly newer: string;
  /** Nothing newer was there. */
  readonly atEnd: boolean;
  /** How far back it has looked, epoch ms; null: to the beginning. */
  readonly searchedTo: number | null;
}

/** A search nobody can answer. The message tells a person what to change. */
export class LogQueryError extends Error {
  override readonly name = 'LogQueryError';
  readonly code: 'invalid_regex' | 'regex_too_slow' | 'invalid_cursor';
  constructor(code: LogQueryError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
