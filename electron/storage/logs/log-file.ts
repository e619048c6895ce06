import { appendFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type LogLine, logLevelSchema, logStreamSchema } from '../../../shared/model/log.ts';
import { diskTroubleOf } from '../database.ts';
import { ensureFile, ensureFolder, sizeOf, tailOf } from '../files.ts';

export interface LogFileBounds {
  /** How many files there are at most, the one being written included. */
  readonly files: number;
  /** How large one may become, bytes. */
  readonly fileBytes: number;
}

const streams = logStreamSchema.options;
const levels = logLevelSchema.options;

/**
 * The log files of one skill: `<name>.log`, then `.1` (newer) to `.n` (older), one JSON object per line.
 */
export class LogFiles {
  readonly #base: string;
  readonly #skillId: string;
  readonly #bounds: LogFileBounds;
  #size: number | null = null;

  constructor(base: string, skillId: string, bounds: LogFileBounds) {
    this.#base = base;
    this.#skillId = skillId;
    this.#bounds = bounds;
  }

  /**
   * Appends whole lines. `chunk` must be smaller than `fileBytes`; it starts a new file when it would not fit.
   * Throws what the file system throws.
   */
  append(chunk: string): void {
    const bytes = Buffer.byteLength(chunk);
    let size = this.#size ?? this.#open();
    if (size > 0 && size + bytes > this.#bounds.fileBytes) {
      this.#rotate();
      size = 0;
    }
    if (size === 0) ensureFile(this.#base);
    // Forgotten first: when the write fails half way, only the file knows how much of it arrived.
    this.#size = null;
    appendFileSync(this.#base, chunk);
    this.#size = size + bytes;
  }

  /** Of one file, bytes; 0 is the newest file. */
  sizeOf(index: number): number {
    return sizeOf(this.#name(index));
  }

  /**
   * The lines of one file, oldest first, or those in its last `lastBytes`; 0 is the newest file. Null when there is no
   * such file, or no reading it.
   */
  read(index: number, lastBytes = Number.POSITIVE_INFINITY): LogLine[] | null {
    const file = this.#name(index);
    if (index >= this.#bounds.files || !existsSync(file)) return null;
    try {
      const bytes = lastBytes >= sizeOf(file) ? readFileSync(file) : tailOf(file, lastBytes);
      // A first line that was cut in two is not JSON, and left out as such.
      const texts = bytes.toString('utf8').split('\n');
      return texts.flatMap((text) => parseLine(text, this.#skillId) ?? []);
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      return null;
    }
  }

  #open(): number {
    ensureFolder(dirname(this.#base));
    const size = sizeOf(this.#base);
    if (size === 0) return 0;
    ensureFile(this.#base);
    // A host that was killed in mid-line left half a line; the next one must not be glued to it.
    if (tailOf(this.#base, 1)[0] === 0x0a) return size;
    appendFileSync(this.#base, '\n');
    return size + 1;
  }

  #rotate(): void {
    for (let index = this.#bounds.files - 1; existsSync(this.#name(index)); index += 1) {
      rmSync(this.#name(index));
    }
    for (let index = this.#bounds.files - 2; index >= 0; index -= 1) {
      if (existsSync(this.#name(index))) renameSync(this.#name(index), this.#name(index + 1));
    }
  }

  #name(index: number): string {
    return index === 0 ? this.#base : `${this.#base}.${index}`;
  }
}

/** One stored line. The skill is the file's and not repeated in every line. */
export function formatLine({ id, at, stream, level, text }: LogLine): string {
  return `${JSON.stringify({ id, at, stream, level, text })}\n`;
}

/** By hand rather than by schema: a search reads tens of thousands of lines. */
function parseLine(text: string, skillId: string): LogLine | null {
  if (text.length === 0) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    if (!('id' in value && 'at' in value && 'stream' in value && 'level' in value && 'text' in value))
      return null;
    const { id, at, text: said } = value;
    const stream = streams.find((name) => name === value.stream);
    const level = levels.find((name) => name === value.level);
    if (typeof id !== 'number' || typeof at !== 'number' || typeof said !== 'string') return null;
    return stream && level ? { id, at, skillId, stream, level, text: said } : null;
  } catch {
    // Half a line, left by a host that was killed.
    return null;
  }
}
