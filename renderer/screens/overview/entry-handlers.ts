import type { KeyboardEvent, MouseEvent } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { bulkActionForKey } from '../../state/bulk-actions.ts';
import { useHost } from '../../state/host-store.ts';
import { selectedIds } from '../../state/selection.ts';
import { skillActionForKey } from '../../state/skill-action-list.ts';
import type { MenuPlace } from './row-menu.tsx';

export interface EntryHandlers {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onDots: (event: MouseEvent<HTMLButtonElement>) => void;
}

/** What keys and clicks do to a skill's row or card. Where it is one of several selected, a key acts on all of them. */
export function entryHandlers(skill: Skill, onMenu: (place: MenuPlace) => void): EntryHandlers {
  return {
    onKeyDown(event) {
      const chosen = selectedIds();
      const { skills } = useHost.getState();
      const many = chosen.size > 1 && chosen.has(skill.id);
      const action = many
        ? bulkActionForKey(
            [...chosen].flatMap((id) => skills[id] ?? []),
            skill,
            event,
          )
        : skillActionForKey(skill, event);
      if (action === null) return;
      event.preventDefault();
      event.stopPropagation();
      action.run(skill.id);
    },
    onContextMenu(event) {
      event.preventDefault();
      onMenu({ skillId: skill.id, x: event.clientX, y: event.clientY });
    },
    onDots(event) {
      const box = event.currentTarget.getBoundingClientRect();
      onMenu({ skillId: skill.id, x: box.right, y: box.bottom, button: event.currentTarget });
    },
  };
}
