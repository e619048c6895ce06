import type { LogLine, LogStream } from '../../../shared/model/log.ts';

/** Times are epoch ms, both exclusive. `query` is text, case ignored, or with `regex` a JavaScript pattern. */
export interface LogQuery {
  readonly skillId?: string | undefined;
  readonly stream?: LogStream | undefined;
  readonly query?: string | undefined;
  readonly regex?: boolean | undefined;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** At most so many lines, the newest. */
  readonly limit: number;
}

export interface LogAnswer {
  /** Oldest first. */
  readonly lines: LogLine[];
  /** What was never kept, bytes, since this host started: floods, and a disk that took nothing. */
  readonly droppedBytes: number;
}
