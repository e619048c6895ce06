import { idHash } from './id-hash.ts';

interface Planned {
  readonly intervalMs: number;
  readonly nextMs: number;
}

/**
 * Which skill is asked when, on the monotonic clock (ms). Every skill has its own slots, spread over its interval by
 * a hash of its id (DESIGN.md §4), so the plan is the same after every start. However long the machine slept, a
 * skill is due once, not once for every slot missed.
 */
export class CheckPlan {
  readonly #planned = new Map<string, Planned>();

  /**
   * Takes a skill into the plan, or gives it another interval (ms, above 0). A new skill waits for its slot, or with
   * `soon` is due at once. A known skill that is due stays due; with an unchanged interval nothing moves.
   */
  setSkill(
    skillId: string,
    intervalMs: number,
    nowMonoMs: number,
    options: { readonly soon?: boolean } = {},
  ): void {
    const known = this.#planned.get(skillId);
    const wasDue = known !== undefined && known.nextMs <= nowMonoMs;
    if (options.soon === true || wasDue) {
      this.#planned.set(skillId, { intervalMs, nextMs: Math.min(known?.nextMs ?? nowMonoMs, nowMonoMs) });
    } else if (known?.intervalMs !== intervalMs) {
      this.#planned.set(skillId, { intervalMs, nextMs: slotFrom(skillId, intervalMs, nowMonoMs) });
    }
  }

  removeSkill(skillId: string): void {
    this.#planned.delete(skillId);
  }

  /** Skills to be asked now, the longest due first. They stay due until `asked`. */
  due(nowMonoMs: number): string[] {
    return [...this.#planned]
      .filter(([, { nextMs }]) => nextMs <= nowMonoMs)
      .sort(([idA, a], [idB, b]) => a.nextMs - b.nextMs || (idA < idB ? -1 : 1))
      .map(([skillId]) => skillId);
  }

  /** The skill is being asked: its next turn is the first of its slots at least half an interval away. */
  asked(skillId: string, nowMonoMs: number): void {
    const planned = this.#planned.get(skillId);
    if (planned === undefined) return;
    const { intervalMs } = planned;
    const nextMs = slotFrom(skillId, intervalMs, nowMonoMs + intervalMs / 2);
    this.#planned.set(skillId, { intervalMs, nextMs });
  }

  /** Brings the next turn of a planned skill forward to now. */
  askSoon(skillId: string, nowMonoMs: number): void {
    const planned = this.#planned.get(skillId);
    if (planned === undefined || planned.nextMs <= nowMonoMs) return;
    this.#planned.set(skillId, { intervalMs: planned.intervalMs, nextMs: nowMonoMs });
  }

  nextAt(skillId: string): number | null {
    return this.#planned.get(skillId)?.nextMs ?? null;
  }

  /** The next turn of any skill; null when nothing is planned. */
  earliest(): number | null {
    let earliest: number | null = null;
    for (const { nextMs } of this.#planned.values()) {
      if (earliest === null || nextMs < earliest) earliest = nextMs;
    }
    return earliest;
  }
}

/** Where in its interval a skill is asked, ms: 0 up to, not including, `intervalMs`; the same for ever. */
export function stableOffset(skillId: string, intervalMs: number): number {
  return Math.floor((idHash(skillId) / 2 ** 32) * intervalMs);
}

/** The first slot at or after `fromMs`. */
function slotFrom(skillId: string, intervalMs: number, fromMs: number): number {
  const offset = stableOffset(skillId, intervalMs);
  return offset + Math.ceil((fromMs - offset) / intervalMs) * intervalMs;
}
