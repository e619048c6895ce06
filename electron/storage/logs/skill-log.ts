import type { LogLine } from '../../../shared/model/log.ts';
import { formatLine, type LogFiles } from './log-file.ts';

const TAIL_LINES = 500;
const TAIL_CHARS = 131_072;
const FLUSH_AT_CHARS = 16_384;
/** The longest line kept, characters. With `FLUSH_AT_CHARS` a chunk stays below the smallest file there may be. */
const LONGEST_LINE = 4096;

/** The log of one skill: its files, the newest lines in memory, and what has not been written yet. */
export class SkillLog {
  readonly files: LogFiles;
  droppedBytes = 0;
  #nextId = 0;
  #tail: LogLine[] = [];
  #tailChars = 0;
  /** The tail holds every line there is. */
  #tailIsAll: boolean;
  #waiting = '';

  /** Reads the end of the newest file, to go on with its numbers. */
  constructor(files: LogFiles) {
    this.files = files;
    const newest = files.read(0, TAIL_CHARS);
    this.#tailIsAll = newest === null;
    for (const line of newest ?? []) this.#keep(line);
    if (newest?.length === 0) this.#nextId = (files.read(1)?.at(-1)?.id ?? -1) + 1;
  }

  /** Returns the line as kept. `waiting` says that so much has gathered that it should be written now. */
  append(line: Omit<LogLine, 'id'>): { readonly line: LogLine; readonly waiting: boolean } {
    const text = line.text.length > LONGEST_LINE ? `${line.text.slice(0, LONGEST_LINE - 1)}…` : line.text;
    const kept: LogLine = { ...line, text, id: this.#nextId };
    this.#keep(kept);
    this.#waiting += formatLine(kept);
    return { line: kept, waiting: this.#waiting.length >= FLUSH_AT_CHARS };
  }

  /** Writes what waits. What cannot be written stays in the tail only and counts as dropped; the error is thrown on. */
  flush(): void {
    if (this.#waiting === '') return;
    const chunk = this.#waiting;
    this.#waiting = '';
    try {
      this.files.append(chunk);
    } catch (error) {
      this.droppedBytes += Buffer.byteLength(chunk);
      throw error;
    }
  }

  /**
   * Everything there is, in portions oldest line first, newest portion first: memory, then file after file as long as
   * `mayRead` lets a file of that many bytes be read.
   */
  *portions(mayRead: (bytes: number) => boolean): Generator<readonly LogLine[]> {
    yield this.#tail;
    if (this.#tailIsAll) return;
    const oldestSeen = this.#tail[0]?.id ?? this.#nextId;
    for (let index = 0; mayRead(this.files.sizeOf(index)); index += 1) {
      const lines = this.files.read(index);
      if (lines === null) return;
      yield lines.filter((line) => line.id < oldestSeen);
    }
  }

  #keep(line: LogLine): void {
    this.#nextId = line.id + 1;
    this.#tail.push(line);
    this.#tailChars += line.text.length;
    if (this.#tail.length <= TAIL_LINES && this.#tailChars <= TAIL_CHARS) return;
    // A quarter at once, so that a flood does not move the whole tail with every line.
    this.#tail = this.#tail.slice(Math.ceil(this.#tail.length / 4));
    this.#tailChars = this.#tail.reduce((sum, kept) => sum + kept.text.length, 0);
    this.#tailIsAll = false;
  }
}
