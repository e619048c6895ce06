import { useEffect } from 'react';
import { openDialog } from '../state/dialogs.ts';
import { skillActionForKey } from '../state/skill-action-list.ts';
import type { ActionContext } from './actions.ts';
import { screens } from './screens.ts';

/** How long after G the second key counts, in ms. */
const SEQUENCE_MS = 1200;

/** The shortcuts that work anywhere on the page, except while typing or while a dialog is open. */
export function useShortcuts(context: ActionContext): void {
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target) || dialogIsOpen()) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.timeStamp - wentAt < SEQUENCE_MS) {
        wentAt = Number.NEGATIVE_INFINITY;
        const screen = screens.find((one) => one.key === event.key.toLowerCase());
        if (screen === undefined) return;
        event.preventDefault();
        context.openScreen(screen.to);
        return;
      }
      if (event.key === 'g') wentAt = event.timeStamp;
      else if (event.key === '?') openDialog({ kind: 'shortcuts' });
      else onSkillPage(event);
    }

    function onSkillPage(event: KeyboardEvent): void {
      const skill = context.skills.find((one) => one.id === context.skillId);
      if (skill === undefined) return;
      const action = skillActionForKey(skill, event);
      if (action === null) return;
      event.preventDefault();
      action.run(skill.id);
    }

    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [context]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}
