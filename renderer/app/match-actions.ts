import type { ActionGroup, AppAction } from './action-types.ts';

export interface FoundGroup {
  readonly group: ActionGroup | 'Recent';
  readonly actions: readonly AppAction[];
}

/** The most of one group the palette lists: beyond it typing another letter is quicker than reading. */
const PER_GROUP = 8;
const RECENT = 5;
/** Long lists nobody reads without having typed something. */
const ONLY_WHEN_ASKED: ReadonlySet<ActionGroup> = new Set([
  'Hosts',
  'Fixes',
  'View',
  'Settings',
  'Actions for skills',
]);

/**
 * The actions whose words all occur in what was typed, in groups, the better ones first: a label that begins with the
 * query, then one that has it somewhere, then a hit in the description; what was chosen lately before its equals.
 * Without a query the recent ones stand first and the long tail stays hidden. `recent`: ids, newest first.
 */
export function matchActions(
  actions: readonly AppAction[],
  query: string,
  recent: readonly string[] = [],
): readonly FoundGroup[] {
  const typed = query.trim().toLowerCase();
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const place = new Map(recent.map((id, index) => [id, index]));
  const ranked = actions.flatMap((action) => {
    const rank = rankOf(action, typed, words);
    if (rank === null) return [];
    const lately = place.get(action.id);
    return [{ action, rank: lately === undefined ? rank : rank - 0.5 + lately / 1000 }];
  });
  const groups = new Map<ActionGroup, { best: number; found: { action: AppAction; rank: number }[] }>();
  for (const entry of ranked) {
    const group = groups.get(entry.action.group) ?? { best: entry.rank, found: [] };
    group.best = Math.min(group.best, entry.rank);
    group.found.push(entry);
    groups.set(entry.action.group, group);
  }
  const inGroups = [...groups]
    .sort(([, a], [, b]) => (words.length === 0 ? 0 : a.best - b.best))
    .map(([group, { found }]) => ({
      group,
      actions: found
        .sort((a, b) => (words.length === 0 ? 0 : a.rank - b.rank))
        .slice(0, PER_GROUP)
        .map(({ action }) => action),
    }));
  if (words.length > 0) return inGroups;
  const byId = new Map(actions.map((action) => [action.id, action]));
  const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, RECENT);
  return lately.length === 0 ? inGroups : [{ group: 'Recent', actions: lately }, ...inGroups];
}

/** 0 is best; null is no match. */
function rankOf(action: AppAction, typed: string, words: readonly string[]): number | null {
  if (words.length === 0) return ONLY_WHEN_ASKED.has(action.group) ? null : 0;
  const label = action.label.toLowerCase();
  const all = `${label} ${action.description?.toLowerCase() ?? ''}`;
  if (!words.every((word) => all.includes(word))) return null;
  if (label.startsWith(typed)) return 0;
  return words.every((word) => label.includes(word)) ? 1 : 2;
}
