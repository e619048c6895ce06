import type { Heartbeat } from '../../../shared/model/history.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState, severity } from '../../components/display-state.ts';

export type SortColumn =
  | 'skill'
  | 'state'
  | 'healthy'
  | 'latency'
  | 'last'
  | 'next'
  | 'restarts'
  | 'failures';
export interface Sorting {
  readonly column: SortColumn;
  /** False: as the column is first meant, names from A, trouble first, numbers from the notable end. */
  readonly reversed: boolean;
}
export const defaultSorting: Sorting = { column: 'state', reversed: false };

type Beats = Readonly<Record<string, Heartbeat>>;
/** Smaller comes first; null comes last whichever way round. */
type Key = (skill: Skill, beats: Beats) => number | null;

const keys: Readonly<Record<Exclude<SortColumn, 'skill'>, Key>> = {
  state: (skill) => severity[displayState(skill).state],
  healthy: (skill, beats) => beats[skill.id]?.healthyShare ?? null,
  latency: (skill, beats) => minus(beats[skill.id]?.p95Ms ?? null),
  last: (skill) => minus(skill.health.lastCheck),
  next: (skill) => skill.process.nextAttemptAt ?? skill.nextCheckAt,
  restarts: (skill) => -recentRestarts(skill),
  failures: (skill) => -skill.failuresInWindow,
};

/** Restarts within the failure window, as last told. */
export function recentRestarts({ process }: Skill): number {
  return process.restartsInWindow ?? process.restarts;
}

function minus(value: number | null): number | null {
  return value === null ? null : -value;
}

/** Ids in the order asked for. Equal ones keep the order they came in, which is by name. */
export function sortSkills(skills: readonly Skill[], sorting: Sorting, beats: Beats): string[] {
  const turn = sorting.reversed ? -1 : 1;
  if (sorting.column === 'skill') {
    const ids = skills.map((skill) => skill.id);
    return sorting.reversed ? ids.reverse() : ids;
  }
  const key = keys[sorting.column];
  return skills
    .map((skill) => ({ id: skill.id, key: key(skill, beats) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null ? 1 : 0) - (b.key === null ? 1 : 0);
      return (a.key - b.key) * turn;
    })
    .map(({ id }) => id);
}

/** The order on screen when skills come and go: those that stay keep their place, new ones are added at the end. */
export function keepOrder(shown: readonly string[], present: readonly string[]): string[] {
  const there = new Set(present);
  const kept = shown.filter((id) => there.has(id));
  const known = new Set(kept);
  return [...kept, ...present.filter((id) => !known.has(id))];
}
