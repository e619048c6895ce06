import { type KeyboardEvent, type RefObject, useState } from 'react';
import { extended, nothingSelected, type SelectionStore, toggled } from '../state/selection.ts';

export interface Roving {
  /** The one entry in the tab order. */
  readonly tabbable: string | undefined;
  readonly onFocused: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * One entry of a list at a time is in the tab order: arrows, Home and End move between them, Space selects, Shift goes
 * on selecting, Ctrl or Cmd A takes all, Escape none. An entry carries `data-row` and has its link inside.
 */
export function useRoving(
  ids: readonly string[],
  drawn: readonly string[],
  body: RefObject<HTMLElement | null>,
  options: {
    readonly selection: SelectionStore;
    readonly sideways: boolean;
    readonly scrollTo: (index: number) => void;
  },
): Roving {
  const { selection } = options;
  const [current, setCurrent] = useState<string | null>(null);

  function onKeyDown(event: KeyboardEvent): void {
    if (isMarkAll(event)) {
      event.preventDefault();
      selection.change(() => ({ ids: new Set(ids), anchor: current }));
    } else if (event.key === 'Escape' && selection.ids().size > 0) {
      selection.change(() => nothingSelected);
    } else if (event.key === ' ' && event.target instanceof HTMLAnchorElement && current !== null) {
      event.preventDefault();
      select(selection, ids, current, event.shiftKey);
    } else move(event);
  }

  function move(event: KeyboardEvent): void {
    const at = current === null ? -1 : ids.indexOf(current);
    const wanted = steps(at, ids.length, options.sideways)[event.key];
    if (wanted === undefined || at < 0) return;
    event.preventDefault();
    const index = Math.min(ids.length - 1, Math.max(0, wanted));
    const id = ids[index];
    if (id === undefined) return;
    if (event.shiftKey) {
      selection.change((before) =>
        extended(before.anchor === null ? toggled(before, ids[at] ?? id) : before, ids, id),
      );
    }
    setCurrent(id);
    options.scrollTo(index);
    // An entry far away is drawn only after the scroll.
    requestAnimationFrame(() => requestAnimationFrame(() => focusEntry(body.current, index)));
  }

  const tabbable = current !== null && drawn.includes(current) ? current : drawn[0];
  return { tabbable, onFocused: setCurrent, onKeyDown };
}

/** A click on a checkbox, or Space: with Shift everything from the last one on. */
export function select(
  selection: SelectionStore,
  shown: readonly string[],
  id: string,
  range: boolean,
): void {
  selection.change((before) => (range ? extended(before, shown, id) : toggled(before, id)));
}

function isMarkAll(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'a';
}

function steps(at: number, count: number, sideways: boolean): Readonly<Record<string, number>> {
  return {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: count - 1,
    ...(sideways ? { ArrowLeft: at - 1, ArrowRight: at + 1 } : {}),
  };
}

function focusEntry(body: HTMLElement | null, index: number): void {
  body?.querySelector<HTMLElement>(`[data-row="${index}"] a`)?.focus();
}
