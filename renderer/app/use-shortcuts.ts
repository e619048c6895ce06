import { useEffect } from 'react';
import { createKeyReader } from '../state/shortcuts.ts';
import type { ActionContext } from './action-types.ts';
import { appActions } from './actions.ts';

/** Every shortcut of the registry, anywhere on the page; while typing only those with Ctrl or Cmd, none in a dialog. */
export function useShortcuts(context: () => ActionContext): void {
  useEffect(() => {
    const read = createKeyReader();
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || dialogIsOpen()) return;
      if (isTyping(event.target) && !event.ctrlKey && !event.metaKey) return;
      const keys = read(event, event.timeStamp);
      if (keys === null) return;
      // The registry is made when a key comes, not at every change of a skill.
      const action = appActions(context()).find((one) => one.keys?.includes(keys) === true);
      if (action === undefined) return;
      event.preventDefault();
      action.run();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [context]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type))
    return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}

function dialogIsOpen(): boolean {
  const open = document.querySelectorAll('[role="dialog"],[role="menu"],[role="listbox"]');
  // The list of a closed select stays in the page, hidden.
  return [...open].some((node) => node.checkVisibility());
}
