import { create } from 'zustand';
import { onHostLeft } from './shown-host.ts';

/** Which entries of a list are selected. `anchor` is where a range begins: the last one chosen alone. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null };

/** Puts one in or takes it out. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Everything between the anchor and `id`, in the order shown, is selected too; without an anchor, `id` alone. */
export function extended(selection: Selection, shown: readonly string[], id: string): Selection {
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor);
  const to = shown.indexOf(id);
  if (from < 0 || to < 0) return { ids: new Set([...selection.ids, id]), anchor: id };
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: selection.anchor };
}

/** Only those still there: a skill that left its folder or is hidden by a filter must not be acted on unseen. */
export function within(selection: Selection, shown: readonly string[]): Selection {
  const there = new Set(shown);
  const ids = new Set([...selection.ids].filter((id) => there.has(id)));
  if (ids.size === selection.ids.size) return selection;
  return { ids, anchor: selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : null };
}

/** What is selected in one kind of list, held apart from the list: a bar and a palette ask for it too. */
export interface SelectionStore {
  readonly use: () => Selection;
  readonly useHas: (id: string) => boolean;
  readonly ids: () => ReadonlySet<string>;
  readonly change: (change: (before: Selection) => Selection) => void;
}

function createSelectionStore(): SelectionStore {
  const useStore = create<Selection>()(() => nothingSelected);
  return {
    use: () => useStore(),
    useHas: (id) => useStore((state) => state.ids.has(id)),
    ids: () => useStore.getState().ids,
    change: (change) => useStore.setState((before) => change(before)),
  };
}

/** Skills on the overview. */
export const skillSelection = createSelectionStore();
onHostLeft(() => skillSelection.change(() => nothingSelected));
/** Hosts on the fleet's screen. */
export const hostSelection = createSelectionStore();

export const {
  use: useSelection,
  useHas: useIsSelected,
  ids: selectedIds,
  change: changeSelection,
} = skillSelection;
export const { use: useHostSelection, useHas: useIsHostSelected, change: changeHosts } = hostSelection;
