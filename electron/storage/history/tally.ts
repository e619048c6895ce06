import type { HistoryBucket } from '../../../shared/model/history.ts';
import {
  countLatency,
  emptyHistogram,
  exactPercentile,
  HISTOGRAM_CELLS,
  type Histogram,
  histogramPercentile,
} from './histogram.ts';
import { NumberReader, numberToText } from './number-text.ts';

/** Outcomes by their stored code: the position is the number in the database and never changes. */
export const outcomeCodes = ['healthy', 'degraded', 'failed', 'unreachable'] as const;

/** How many checks had which outcome, by outcome code. */
export type OutcomeCounts = [number, number, number, number];

/**
 * Adds up checks and roll-ups of one stretch of time. Percentiles are exact as long as only checks came in; with
 * roll-ups among them they come from the summed histograms.
 */
export class Tally {
  readonly counts: OutcomeCounts = [0, 0, 0, 0];
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  readonly #latencies: number[] = [];
  #histogram: Histogram | null = null;

  /** One check: its outcome code and latency in tenths of a millisecond, null without one. */
  addCheck(outcome: number, latency: number | null): void {
    addCount(this.counts, outcome, 1);
    if (latency === null) return;
    if (latency < this.#min) this.#min = latency;
    if (latency > this.#max) this.#max = latency;
    this.#latencies.push(latency);
  }

  /** Everything another tally had counted when it was encoded. Returns its outcomes. */
  addEncoded(text: string): OutcomeCounts {
    const reader = new NumberReader(text);
    const counts: OutcomeCounts = [reader.next(), reader.next(), reader.next(), reader.next()];
    for (let outcome = 0; outcome < 4; outcome += 1) addCount(this.counts, outcome, counts[outcome] ?? 0);
    if (reader.atEnd) return counts;
    this.#min = Math.min(this.#min, reader.next());
    this.#max = Math.max(this.#max, reader.next());
    this.#histogram ??= emptyHistogram();
    for (let cell = reader.next(); !reader.atEnd && cell < HISTOGRAM_CELLS; cell += reader.next()) {
      this.#histogram[cell] = (this.#histogram[cell] ?? 0) + reader.next();
    }
    return counts;
  }

  /**
   * As `addEncoded` reads it: the outcomes, then where there were latencies the extremes and the histogram, for each
   * cell in use the distance from the one before and the count.
   */
  encode(): string {
    let text = this.counts.map(numberToText).join('');
    if (!this.#measured) return text;
    text += numberToText(this.#min) + numberToText(this.#max);
    const histogram = this.#summed();
    let before = 0;
    for (let cell = 0; cell < HISTOGRAM_CELLS; cell += 1) {
      const count = histogram[cell] ?? 0;
      if (count === 0) continue;
      text += numberToText(cell - before) + numberToText(count);
      before = cell;
    }
    return text;
  }

  get total(): number {
    return this.counts[0] + this.counts[1] + this.counts[2] + this.counts[3];
  }

  /** Milliseconds at each of `shares` (0 to 1), null without latencies. */
  percentilesMs(...shares: readonly number[]): (number | null)[] {
    if (this.#histogram === null) {
      const sorted = Float64Array.from(this.#latencies).sort();
      return shares.map((share) => toMs(exactPercentile(sorted, share)));
    }
    const summed = this.#summed();
    return shares.map((share) => toMs(histogramPercentile(summed, share, this.#min, this.#max)));
  }

  /** The bucket `[from, to)` as charts get it. */
  bucket(from: number, to: number): HistoryBucket {
    const [healthy, degraded, failed, unreachable] = this.counts;
    const [p50Ms = null, p95Ms = null] = this.percentilesMs(0.5, 0.95);
    const minMs = this.#measured ? toMs(this.#min) : null;
    const maxMs = this.#measured ? toMs(this.#max) : null;
    return { from, to, healthy, degraded, failed, unreachable, minMs, maxMs, p50Ms, p95Ms };
  }

  get #measured(): boolean {
    return this.#min <= this.#max;
  }

  #summed(): Histogram {
    const summed = this.#histogram?.slice() ?? emptyHistogram();
    for (const latency of this.#latencies) countLatency(summed, latency);
    return summed;
  }
}

/** Adds `times` to the count of one outcome. */
export function addCount(counts: OutcomeCounts, outcome: number, times: number): void {
  counts[outcome] = (counts[outcome] ?? 0) + times;
}

/** Stored form of a latency: whole tenths of a millisecond. */
export function toTenths(ms: number | null): number | null {
  return ms === null ? null : Math.min(2 ** 31, Math.max(0, Math.round(ms * 10)));
}

export function toMs(tenths: number | null): number | null {
  return tenths === null ? null : tenths / 10;
}
