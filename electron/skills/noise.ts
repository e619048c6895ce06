import type { SkillProcess } from '../../shared/model/skill.ts';
import type { Clock } from '../core/supervision/clock.ts';

/** More lines a minute than this on stdout that are not JSON make an otherwise healthy skill degraded. */
export const pollutionLimitPerMinute = 60;

const bucketMs = 10_000;
const buckets = 6;

/** Counts what a skill says besides the protocol: never fatal, but shown, and judged when it becomes frequent. */
export class NoiseCounter {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #counts: SkillProcess['noise'] = {
    nonJsonLines: 0,
    strayAnswers: 0,
    droppedLines: 0,
    droppedStderrBytes: 0,
  };
  /** Lines of the last minute by slice of time; the key is the slice's number. */
  #recent = new Map<number, number>();

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get counts(): SkillProcess['noise'] {
    return this.#counts;
  }

  add(what: keyof SkillProcess['noise'], amount = 1): void {
    this.#counts = { ...this.#counts, [what]: this.#counts[what] + amount };
    this.#onChange();
  }

  /** A line on stdout that is not JSON. Before the handshake it is a banner, and banners do not pollute. */
  addText(afterHandshake: boolean): void {
    this.add('nonJsonLines');
    if (!afterHandshake) return;
    const slice = this.#slice();
    this.#recent.set(slice, (this.#recent.get(slice) ?? 0) + 1);
    for (const old of this.#recent.keys()) if (old <= slice - buckets) this.#recent.delete(old);
  }

  /** Non-JSON lines of the last minute, to the nearest 10 s. */
  linesLastMinute(): number {
    const slice = this.#slice();
    let lines = 0;
    for (const [key, count] of this.#recent) if (key > slice - buckets) lines += count;
    return lines;
  }

  /** A new run starts with a clean minute; the totals stay. */
  forgetRecent(): void {
    this.#recent.clear();
  }

  #slice(): number {
    return Math.floor(this.#clock.monotonicMs() / bucketMs);
  }
}
