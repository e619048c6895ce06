import { useState } from 'react';

/**
 * `ids` in their order, but while `hold` is true those that stand keep their place: nothing moves away under a pointer or
 * a key. What is new comes last then, what is gone goes.
 */
export function useHeldOrder(ids: readonly string[], hold: boolean): readonly string[] {
  const [kept, setKept] = useState(ids);
  const next = hold ? keepPlaces(kept, ids) : ids;
  if (next.length === kept.length && next.every((id, index) => id === kept[index])) return kept;
  setKept(next);
  return next;
}

export function keepPlaces(before: readonly string[], ids: readonly string[]): readonly string[] {
  const there = new Set(ids);
  const stood = new Set(before);
  return [...before.filter((id) => there.has(id)), ...ids.filter((id) => !stood.has(id))];
}
