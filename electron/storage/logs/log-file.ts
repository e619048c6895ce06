import { appendFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type LogLine, logLevelSchema, logStreamSchema } from '../../../shared/model/log.ts';
import { diskTroubleOf } from '../database.ts';
import { bytesOf, ensureFile, ensureFolder, sizeOf, tailOf } from '../files.ts';

export interface LogFileBounds {
  /** How many files there are at most, the one being written included. */
  readonly files: number;
  /** How large one may become, bytes. */
  readonly fileBytes: number;
}

/** Longer than the longest line there is, so that every probe holds a whole one. */
const PROBE_BYTES = 65_536;
const NEWLINE = 0x0a;

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

  /** Of one file, bytes; 0 is the newest file. 0 when there is none. */
  sizeOf(index: number): number {
    return index < this.#bounds.files ? sizeOf(this.#name(index)) : 0;
  }

  /** The lines in the last `bytes` of a file, oldest first; a line cut in two is left out. Null when there is no such file. */
  tail(index: number, bytes: number): LogLine[] | null {
    const size = this.sizeOf(index);
    if (size === 0 && !existsSync(this.#name(index))) return null;
    return this.linesBefore(index, size, bytes);
  }

  /** Whole lines that end at the offset `end`, in at most `bytes`, oldest first. */
  linesBefore(index: number, end: number, bytes: number): LogLine[] {
    // A first line that was cut in two is not JSON, and left out as such.
    return this.#lines(index, Math.max(0, end - bytes), end).map(({ line }) => line);
  }

  /** Whole lines that begin at the offset `from` or later, in at most `bytes`, oldest first. */
  linesFrom(index: number, from: number, bytes: number): LogLine[] {
    return this.#lines(index, from, from + bytes).map(({ line }) => line);
  }

  /**
   * Where in a file the first line stands that `isPast` says yes to, bytes; the file's size when there is none. Every
   * line after one that is past must be past too: it is found by halving, a few short reads in the largest file.
   */
  offsetOf(index: number, isPast: (line: LogLine) => boolean): number {
    let low = 0;
    let high = this.sizeOf(index);
    while (high - low > PROBE_BYTES) {
      const middle = Math.floor((low + high) / 2);
      const probe = this.#lines(index, middle, Math.min(high, middle + PROBE_BYTES))[0];
      if (probe === undefined || isPast(probe.line)) high = probe?.offset ?? middle;
      else low = probe.offset + 1;
    }
    const past = this.#lines(index, Math.max(0, low - 1), high).find(({ line }) => isPast(line));
    return past?.offset ?? high;
  }

  /** Whole lines between two offsets with where they begin. Nothing for a file that cannot be read. */
  #lines(index: number, from: number, to: number): { readonly line: LogLine; readonly offset: number }[] {
    if (to <= from) return [];
    let bytes: Buffer;
    try {
      bytes = bytesOf(this.#name(index), from, to - from);
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      return [];
    }
    const found: { line: LogLine; offset: number }[] = [];
    for (let start = 0, end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const line = parseLine(bytes.toString('utf8', start, end), this.#skillId);
      if (line !== null) found.push({ line, offset: from + start });
      start = end + 1;
    }
    return found;
  }

  #open(): number {
    ensureFolder(dirname(this.#base));
    const size = sizeOf(this.#base);
    if (size === 0) return 0;
    ensureFile(this.#base);
    // A host that was killed in mid-line left half a line; the next one must not be glued to it.
    if (tailOf(this.#base, 1)[0] === NEWLINE) return size;
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
