import { useState } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import type { Heartbeats } from '../../state/queries.ts';
import { keepOrder, type Sorting, sortSkills } from './sorting.ts';

interface Frozen {
  readonly sorting: Sorting;
  readonly ids: readonly string[];
  /** The words the rows had when they were sorted. */
  readonly words: Readonly<Record<string, string>>;
}

/**
 * Rows keep their place while somebody reads: they are sorted when the screen opens, when another order is chosen and
 * when asked. `changed` says how many rows have another state than when they were sorted, 0 while all stand right.
 */
export function useStableOrder(
  skills: readonly Skill[],
  sorting: Sorting,
  heartbeats: Heartbeats | undefined,
): { ids: readonly string[]; changed: number; sortAgain: () => void } {
  const [frozen, setFrozen] = useState<Frozen>(() => freeze());
  const current = frozen.sorting === sorting ? frozen : freeze();
  if (current !== frozen) setFrozen(current);

  function freeze(): Frozen {
    return {
      sorting,
      ids: sortSkills(skills, sorting, heartbeats?.bySkill ?? {}),
      words: Object.fromEntries(skills.map((skill) => [skill.id, displayState(skill).word])),
    };
  }

  const ids = keepOrder(
    current.ids,
    skills.map((skill) => skill.id),
  );
  const changed = skills.filter((skill) => current.words[skill.id] !== displayState(skill).word).length;
  // Only worth a word where it would move something, and where a state is what the rows stand by.
  const moved =
    changed > 0 && sorting.column === 'state' && freeze().ids.some((id, index) => id !== ids[index]);
  return { ids, changed: moved ? changed : 0, sortAgain: () => setFrozen(freeze()) };
}
