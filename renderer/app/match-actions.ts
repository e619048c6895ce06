import type { ActionGroup, AppAction } from './actions.ts';

export interface FoundGroup {
  readonly group: ActionGroup;
  readonly actions: readonly AppAction[];
}

/** The most of one group the palette lists: beyond it typing another letter is quicker than reading. */
const PER_GROUP = 8;

/**
 * The actions whose words all occur in what was typed, in groups, the better ones first: a label that begins with the
 * query, then one that has it somewhere, then a hit in the description. Without a query the long tail stays hidden.
 */
export function matchActions(actions: readonly AppAction[], query: string): readonly FoundGroup[] {
  const typed = query.trim().toLowerCase();
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const ranked = actions.flatMap((action) => {
    const rank = rankOf(action, typed, words);
    return rank === null ? [] : [{ action, rank }];
  });
  const groups = new Map<ActionGroup, { best: number; found: { action: AppAction; rank: number }[] }>();
  for (const entry of ranked) {
    const group = groups.get(entry.action.group) ?? { best: entry.rank, found: [] };
    group.best = Math.min(group.best, entry.rank);
    group.found.push(entry);
    groups.set(entry.action.group, group);
  }
  return [...groups]
    .sort(([, a], [, b]) => a.best - b.best)
    .map(([group, { found }]) => ({
      group,
      actions: found
        .sort((a, b) => a.rank - b.rank)
        .slice(0, PER_GROUP)
        .map(({ action }) => action),
    }));
}

/** 0 is best; null is no match. */
function rankOf(action: AppAction, typed: string, words: readonly string[]): number | null {
  if (words.length === 0) return action.group === 'Actions for skills' ? null : 0;
  const label = action.label.toLowerCase();
  const all = `${label} ${action.description?.toLowerCase() ?? ''}`;
  if (!words.every((word) => all.includes(word))) return null;
  if (label.startsWith(typed)) return 0;
  return words.every((word) => label.includes(word)) ? 1 : 2;
}
