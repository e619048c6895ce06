import type { Heartbeat } from '../../../shared/model/history.ts';
import type { RollUp } from '../tables/roll-ups.ts';
import type { Span } from './quarantine-spans.ts';
import { addCount, type OutcomeCounts, Tally } from './tally.ts';

/** Collects one skill's bar of `cells` cells over `[from, to]`, epoch ms. */
export class HeartbeatBar {
  readonly #from: number;
  readonly #cellMs: number;
  readonly #cells: number;
  readonly #counts = new Map<number, OutcomeCounts>();
  readonly #all = new Tally();

  constructor(from: number, to: number, cells: number) {
    this.#from = from;
    this.#cells = cells;
    this.#cellMs = Math.max(1, to - from) / cells;
  }

  /** One check inside the range: its outcome code and latency in tenths of a millisecond. */
  addCheck(at: number, outcome: number, latency: number | null): void {
    this.#all.addCheck(outcome, latency);
    addCount(this.#at(this.#indexOf(at)), outcome, 1);
  }

  /**
   * Counts for the cell its middle lies in, and for none when that is before the range. One wider than a cell is
   * spread over the cells it covers: a hole there would be shown as "no data".
   */
  addRollUp({ slot, width, tally }: RollUp): void {
    const middle = slot + width / 2;
    if (middle < this.#from) return;
    const counts = this.#all.addEncoded(tally);
    const wide = width > this.#cellMs;
    const first = this.#indexOf(wide ? slot : middle);
    const last = wide ? this.#indexOf(slot + width - 1) : first;
    for (let index = first; index <= last; index += 1) {
      const cell = this.#at(index);
      for (let outcome = 0; outcome < counts.length; outcome += 1) {
        addCount(cell, outcome, Math.ceil((counts[outcome] ?? 0) / (last - first + 1)));
      }
    }
  }

  heartbeat(skillId: string, quarantines: readonly Span[]): Heartbeat {
    const quarantined = this.#quarantinedCells(quarantines);
    for (const index of quarantined) this.#at(index);
    const cells = [...this.#counts]
      .sort(([a], [b]) => a - b)
      .map(([index, [healthy, degraded, failed, unreachable]]) => {
        return { index, healthy, degraded, failed, unreachable, quarantined: quarantined.has(index) };
      });
    const checks = this.#all.total;
    const [p50Ms = null, p95Ms = null] = this.#all.percentilesMs(0.5, 0.95);
    const healthyShare = checks === 0 ? null : (this.#all.counts[0] + this.#all.counts[1]) / checks;
    return { skillId, cells, checks, healthyShare, p50Ms, p95Ms };
  }

  #quarantinedCells(quarantines: readonly Span[]): ReadonlySet<number> {
    const to = this.#from + this.#cellMs * this.#cells;
    const found = new Set<number>();
    for (const span of quarantines) {
      if (span.from > to || span.to < this.#from) continue;
      const last = this.#indexOf(Math.min(span.to, to));
      for (let index = this.#indexOf(span.from); index <= last; index += 1) found.add(index);
    }
    return found;
  }

  #indexOf(at: number): number {
    return Math.min(this.#cells - 1, Math.max(0, Math.floor((at - this.#from) / this.#cellMs)));
  }

  #at(index: number): OutcomeCounts {
    let counts = this.#counts.get(index);
    if (counts === undefined) {
      counts = [0, 0, 0, 0];
      this.#counts.set(index, counts);
    }
    return counts;
  }
}
