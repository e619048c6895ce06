import type { LogLine } from '../../../shared/model/log.ts';
import { formatLine, type LogFiles } from './log-file.ts';
import type { LogPiece, LogSource, MayRead } from './log-merge.ts';

const TAIL_LINES = 500;
const TAIL_CHARS = 131_072;
const FLUSH_AT_CHARS = 16_384;
/** How much of a file is read at once: about 2 ms of work. */
const PIECE_BYTES = 131_072;
/** The longest line kept, characters. With `FLUSH_AT_CHARS` a chunk stays below the smallest file there may be. */
const LONGEST_LINE = 4096;

/** The log of one skill: its files, the newest lines in memory, and what has not been written yet. */
export class SkillLog implements LogSource {
  readonly skillId: string;
  readonly files: LogFiles;
  droppedBytes = 0;
  #nextId = 0;
  #tail: LogLine[] = [];
  #tailChars = 0;
  /** The tail holds every line there is. */
  #tailIsAll: boolean;
  #waiting = '';

  /** Reads the end of the newest file, to go on with its numbers. */
  constructor(skillId: string, files: LogFiles) {
    this.skillId = skillId;
    this.files = files;
    const newest = files.tail(0, TAIL_CHARS);
    this.#tailIsAll = newest === null;
    for (const line of newest ?? []) this.#keep(line);
    if (newest?.length === 0) this.#nextId = (files.tail(1, TAIL_CHARS)?.at(-1)?.id ?? -1) + 1;
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

  get nextId(): number {
    return this.#nextId;
  }

  below(id: number, before: number, mayRead: MayRead): LogPiece | 'refused' | null {
    const first = this.#tail[0]?.id ?? this.#nextId;
    if (id > first) return { lines: this.#tail.filter((line) => line.id < id), edge: first };
    if (this.#tailIsAll) return null;
    for (let index = 0; this.files.sizeOf(index) > 0; index += 1) {
      const end = this.files.offsetOf(index, (line) => line.id >= id || line.at >= before);
      if (end === 0) continue;
      if (!mayRead(Math.min(end, PIECE_BYTES))) return 'refused';
      const lines = this.files.linesBefore(index, end, PIECE_BYTES);
      const [oldest] = lines;
      if (oldest !== undefined) return { lines, edge: oldest.id };
    }
    return null;
  }

  above(id: number, after: number, mayRead: MayRead): LogPiece | 'refused' | null {
    if (id >= this.#nextId) return null;
    const first = this.#tail[0]?.id ?? this.#nextId;
    if (id < first && !this.#tailIsAll) {
      let index = 0;
      while (this.files.sizeOf(index + 1) > 0) index += 1;
      for (; index >= 0; index -= 1) {
        const from = this.files.offsetOf(index, (line) => line.id >= id && line.at > after);
        const size = this.files.sizeOf(index);
        if (from >= size) continue;
        if (!mayRead(Math.min(size - from, PIECE_BYTES))) return 'refused';
        const lines = this.files.linesFrom(index, from, PIECE_BYTES).filter((line) => line.id < first);
        const newest = lines.at(-1);
        if (newest !== undefined) return { lines, edge: newest.id + 1 };
      }
    }
    return { lines: this.#tail.filter((line) => line.id >= id), edge: this.#nextId };
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
