/** `info`: a figure without a target, shown because others can be understood by it. `skipped`: could not be taken here. */
export type Verdict = 'met' | 'missed' | 'info' | 'skipped';

/** One line of the result: what was measured, beside whom, and whether that is good enough. */
export interface Figure {
  /** Stable across runs: the history is compared by it. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: { readonly name: string; readonly value: number };
  readonly target: string;
  readonly verdict: Verdict;
  /** Why a target is missed, or what one has to know about the figure. */
  readonly note?: string;
}

/** One chapter of the result. */
export interface Part {
  readonly title: string;
  /** How it was measured, in sentences. */
  readonly about: string;
  readonly figures: readonly Figure[];
}

type Basics = Pick<Figure, 'name' | 'value' | 'unit' | 'note'>;

export function below(basics: Basics, limit: number): Figure {
  return judged(basics, `< ${limit} ${basics.unit}`.trimEnd(), basics.value < limit);
}

export function atLeast(basics: Basics, least: number): Figure {
  return judged(basics, `≥ ${least.toLocaleString('en')} ${basics.unit}`, basics.value >= least);
}

/** At most `factor` times what the peer needs. */
export function atMostTimes(basics: Basics, peer: { name: string; value: number }, factor: number): Figure {
  return {
    ...judged(basics, `≤ ${factor.toFixed(1)} × ${peer.name}`, basics.value <= peer.value * factor),
    peer,
  };
}

/** At most `extra` more than the peer. */
export function atMostMore(basics: Basics, peer: { name: string; value: number }, extra: number): Figure {
  const target = `≤ ${peer.name} + ${extra} ${basics.unit}`;
  return { ...judged(basics, target, basics.value <= peer.value + extra), peer };
}

export function info(basics: Basics, peer?: Figure['peer']): Figure {
  return { ...basics, target: '–', verdict: 'info', ...(peer === undefined ? {} : { peer }) };
}

export function skipped(name: string, note: string): Figure {
  return { name, value: Number.NaN, unit: '', target: '–', verdict: 'skipped', note };
}

function judged(basics: Basics, target: string, met: boolean): Figure {
  return { ...basics, target, verdict: met ? 'met' : 'missed' };
}
