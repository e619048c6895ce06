import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogLine } from '../../../shared/model/log.ts';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import { diskTroubleOf } from '../database.ts';
import { type LogFileBounds, LogFiles } from './log-file.ts';
import { filterFor } from './log-match.ts';
import { type MayRead, mergeLogs } from './log-merge.ts';
import { decodePlace, encodePlace, type LogPlace } from './log-place.ts';
import type { LogAnswer, LogQuery } from './log-query.ts';
import { SkillLog } from './skill-log.ts';
import { threadCpuMs } from './thread-cpu.ts';

const FLUSH_AFTER_MS = 500;
/** How much one search reads from files at most, bytes, newest first: about 200 ms. More than a skill's log by default. */
const SEARCH_BYTES = 16_777_216;
/** Processor time a regular expression may take in one search, ms. */
const PATTERN_BUDGET_MS = 500;
/** How long a read holds the event loop at a time, ms. */
const SLICE_MS = 8;

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

  /**
   * In slices, between which the event loop does other things: a search may look through megabytes. Throws LogQueryError
   * for a pattern that is none or would never end, and for a cursor that is none.
   */
  async read(query: LogQuery): Promise<LogAnswer> {
    const reading = this.#read(query);
    let sliceFromMs = performance.now();
    for (;;) {
      const step = reading.next();
      if (step.done === true) return step.value;
      if (performance.now() - sliceFromMs < SLICE_MS) continue;
      await nextTurn();
      sliceFromMs = performance.now();
    }
  }

  *#read(query: LogQuery): Generator<void, LogAnswer> {
    this.flush();
    const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY, cursor, limit } = query;
    const oldest = query.from === 'oldest';
    const logs = this.#asked(query).map((id) => this.#logOf(id));
    const start = cursor === undefined ? null : decodePlace(cursor);
    // What is written while this goes on is for the next read: whoever follows a log is told of it.
    const ends = logs.map((log) => ({ skillId: log.skillId, nextId: log.nextId }));
    const filter = filterFor(query);
    let patternMs = PATTERN_BUDGET_MS;
    const { lines, began, reached, done } = yield* mergeLogs(logs, start, {
      direction: oldest ? 'newer' : 'older',
      ...{ after, before, limit },
      filter: (piece) => {
        const startedMs = threadCpuMs();
        const found = filter(piece, patternMs);
        patternMs -= threadCpuMs() - startedMs;
        return found;
      },
      mayRead: budget(SEARCH_BYTES, logs.length),
    });
    const newerPlace = oldest ? reached : began;
    const nothingOlder = oldest ? logs.every((log) => isFirst(log, began)) : done;
    return {
      lines,
      droppedBytes: logs.reduce((sum, log) => sum + log.droppedBytes, 0),
      older: nothingOlder ? null : encodePlace(oldest ? began : reached),
      newer: encodePlace(newerPlace),
      atEnd:
        (oldest && done) || ends.every(({ skillId, nextId }) => (newerPlace.get(skillId)?.id ?? 0) >= nextId),
      searchedTo: nothingOlder || oldest ? null : searchedTo(reached, query.before ?? lines.at(-1)?.at ?? 0),
    };
  }

  /** Deletes everything a skill wrote. */
  forget(skillId: string): void {
    const log = this.#logs.get(skillId);
    if (log !== undefined) this.#unwritten.delete(log);
    this.#logs.delete(skillId);
    const { folder } = this.#options;
    const own = new RegExp(`^${skillIdSchema.parse(skillId)}\\.log(\\.\\d+)?$`);
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (own.test(name)) rmSync(join(folder, name), { force: true });
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
      log = new SkillLog(skillId, new LogFiles(join(this.#options.folder, name), skillId, this.#options));
      this.#logs.set(skillId, log);
    }
    return log;
  }

  #asked({ skillId, skillIds = [] }: LogQuery): readonly string[] {
    const asked = new Set(skillId === undefined ? skillIds : [skillId, ...skillIds]);
    return asked.size === 0 ? this.#knownIds() : [...asked];
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

/** Lets `bytes` be read in all, but each log its first piece: without it nobody knows which line comes next. */
function budget(bytes: number, logs: number): MayRead {
  let left = bytes;
  let pieces = 0;
  return (wanted) => {
    left -= wanted;
    pieces += 1;
    return left >= 0 || pieces <= logs;
  };
}

function isFirst(log: SkillLog, place: LogPlace): boolean {
  return log.below(place.get(log.skillId)?.id ?? 0, Number.POSITIVE_INFINITY, () => false) === null;
}

/** Up to where everything has been looked at: the newest time that may still hold a line. */
function searchedTo(place: LogPlace, whenUnknown: number): number {
  const times = [...place.values()].filter(({ id }) => id > 0).map(({ at }) => at);
  const newest = Math.max(...times);
  return Number.isFinite(newest) ? newest : whenUnknown;
}
