import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../../../shared/model/log.ts';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import { diskTroubleOf } from '../database.ts';
import { type LogFileBounds, LogFiles } from './log-file.ts';
import { filterFor, type LineFilter } from './log-match.ts';
import type { LogAnswer, LogQuery } from './log-query.ts';
import { SkillLog } from './skill-log.ts';

const FLUSH_AFTER_MS = 500;
/** How much one search reads from files at most, bytes, newest first: about 200 ms. More than a skill's log by default. */
const SEARCH_BYTES = 16_777_216;
/** How long a regular expression may take for one file, ms. */
const PATTERN_BUDGET_MS = 250;

export interface LogStoreOptions extends LogFileBounds {
  readonly folder: string;
  /** Told once when writing stops working, and again after it had worked in between. */
  readonly onUnwritable: (error: unknown) => void;
}

/** The logs of every skill in `<folder>/<skill id>.log`, bounded per skill. Nothing here throws for the disk's troubles. */
export class LogStore {
  readonly #options: LogStoreOptions;
  readonly #logs = new Map<string, SkillLog>();
  readonly #unwritten = new Set<SkillLog>();
  #timer: NodeJS.Timeout | null = null;
  #unwritable = false;

  constructor(options: LogStoreOptions) {
    this.#options = options;
  }

  append(line: Omit<LogLine, 'id'>): LogLine {
    const log = this.#logOf(line.skillId);
    const { line: kept, waiting } = log.append(line);
    this.#unwritten.add(log);
    if (waiting) this.#write(log);
    else this.#arm();
    return kept;
  }

  /** Counts `bytes` a skill wrote that nobody kept. */
  noteDropped(skillId: string, bytes: number): void {
    this.#logOf(skillId).droppedBytes += bytes;
  }

  /** Throws LogQueryError for a pattern that is none or would never end. */
  read(query: LogQuery): LogAnswer {
    this.flush();
    const filter = filterFor(query);
    const ids = query.skillId === undefined ? this.#knownIds() : [skillIdSchema.parse(query.skillId)];
    const logs = ids.map((id) => this.#logOf(id));
    let bytesLeft = SEARCH_BYTES;
    const mayRead = (bytes: number): boolean => {
      bytesLeft -= bytes;
      return bytesLeft >= 0;
    };
    const lines = logs.flatMap((log) => newest(log, filter, query, mayRead));
    if (logs.length > 1) lines.sort((a, b) => a.at - b.at);
    return {
      lines: lines.slice(-query.limit),
      droppedBytes: logs.reduce((sum, log) => sum + log.droppedBytes, 0),
    };
  }

  /** Writes everything that waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const log of this.#unwritten) this.#write(log);
  }

  #write(log: SkillLog): void {
    this.#unwritten.delete(log);
    try {
      log.flush();
      this.#unwritable = false;
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      if (!this.#unwritable) this.#options.onUnwritable(error);
      this.#unwritable = true;
    }
  }

  #logOf(skillId: string): SkillLog {
    let log = this.#logs.get(skillId);
    if (log === undefined) {
      // The id becomes a file name: whatever the caller checked, it is checked here.
      const name = `${skillIdSchema.parse(skillId)}.log`;
      log = new SkillLog(new LogFiles(join(this.#options.folder, name), skillId, this.#options));
      this.#logs.set(skillId, log);
    }
    return log;
  }

  #knownIds(): string[] {
    const ids = new Set(this.#logs.keys());
    const { folder } = this.#options;
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const id = /^([a-z0-9_-]{1,64})\.log$/.exec(name)?.[1];
      if (id !== undefined) ids.add(id);
    }
    return [...ids];
  }

  #arm(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.flush(), FLUSH_AFTER_MS);
    this.#timer.unref();
  }
}

function newest(
  log: SkillLog,
  filter: LineFilter,
  { after, limit }: LogQuery,
  mayRead: (bytes: number) => boolean,
): LogLine[] {
  let found: LogLine[] = [];
  for (const portion of log.portions(mayRead)) {
    found = [...filter(portion, PATTERN_BUDGET_MS), ...found];
    const oldest = portion[0];
    const reachedStart = oldest !== undefined && after !== undefined && oldest.at <= after;
    if (found.length >= limit || reachedStart) break;
  }
  return found.slice(-limit);
}
