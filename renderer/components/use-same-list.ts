import { useRef } from 'react';

/** The list of before as long as it holds the same ids in the same order: what is drawn from it is not drawn again. */
export function useSameList(ids: readonly string[]): readonly string[] {
  const known = useRef(ids);
  const same = ids.length === known.current.length && ids.every((id, index) => id === known.current[index]);
  if (!same) known.current = ids;
  return known.current;
}
