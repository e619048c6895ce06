import type { Skill } from '../../shared/model/skill.ts';
import { startBulk } from './bulk-run.ts';
import { openDialog } from './dialogs.ts';
import type { KeyPress } from './shortcuts.ts';
import { readOnlyReason } from './shown-host.ts';
import { type SkillActionId, skillActionForKey, skillActions } from './skill-action-list.ts';

/** Something that can be done with several skills at once: what it is called, and which of them it applies to. */
export interface BulkAction {
  readonly id: SkillActionId;
  readonly label: string;
  readonly keys: string | null;
  readonly skillIds: readonly string[];
  readonly run: () => void;
}

/** The order of the bar; disabling many at once is nobody's daily work. */
const offered: readonly SkillActionId[] = ['check', 'restart', 'release', 'quarantine', 'stop', 'start'];

/** What can be done with these skills; an action none of them could take is left out. */
export function bulkActions(skills: readonly Skill[]): readonly BulkAction[] {
  return offered.flatMap((id) => {
    const able = skills.flatMap((skill) => {
      const action = skillActions(skill).find((one) => one.id === id);
      return action === undefined ? [] : [{ skillId: skill.id, action }];
    });
    const [first] = able;
    if (first === undefined) return [];
    const skillIds = able.map(({ skillId }) => skillId);
    const { label, keys } = first.action;
    const run = () => (readOnlyReason() === null ? order(id, skillIds) : first.action.run(skillIds[0] ?? ''));
    return [{ id, label, keys, skillIds, run }];
  });
}

/** What a key means for all of them: the action it means for the one that has the focus. */
export function bulkActionForKey(
  skills: readonly Skill[],
  focused: Skill,
  event: KeyPress,
): BulkAction | null {
  const meant = skillActionForKey(focused, event);
  return meant === null ? null : (bulkActions(skills).find(({ id }) => id === meant.id) ?? null);
}

function order(id: SkillActionId, skillIds: readonly string[]): void {
  switch (id) {
    case 'quarantine':
      openDialog({ kind: 'quarantine', skillIds });
      break;
    case 'release':
      openDialog({ kind: 'release-many', skillIds });
      break;
    // Each incident has an end of its own to be asked for.
    case 'mute':
      break;
    case 'check':
    case 'restart':
    case 'start':
    case 'stop':
    case 'disable':
    case 'activate':
      void startBulk(skillIds, () => ({ command: id }));
  }
}
