import type { Skill } from '../../shared/model/skill.ts';
import { openDialog } from './dialogs.ts';
import {
  activateSkill,
  checkSkill,
  disableSkill,
  restartSkill,
  startSkill,
  stopSkill,
} from './skill-actions.ts';

export type SkillActionId =
  | 'check'
  | 'restart'
  | 'start'
  | 'stop'
  | 'quarantine'
  | 'release'
  | 'disable'
  | 'activate';

/** Something a person can do with one skill. A label that ends in `…` opens a dialog first. */
export interface SkillAction {
  readonly id: SkillActionId;
  readonly label: string;
  /** Works on the focused row and on the skill's page: `r`, `shift+R`, `q`. */
  readonly keys: string | null;
  readonly run: (skillId: string) => void;
}

const check: SkillAction = { id: 'check', label: 'Check now', keys: 'R', run: (id) => void checkSkill(id) };
const restart: SkillAction = {
  id: 'restart',
  label: 'Restart',
  keys: 'Shift+R',
  run: (id) => void restartSkill(id),
};
const start: SkillAction = { id: 'start', label: 'Start', keys: 'P', run: (id) => void startSkill(id) };
const stop: SkillAction = { id: 'stop', label: 'Pause', keys: 'P', run: (id) => void stopSkill(id) };
const disable: SkillAction = {
  id: 'disable',
  label: 'Disable',
  keys: null,
  run: (id) => void disableSkill(id),
};
const activate: SkillAction = {
  id: 'activate',
  label: 'Activate',
  keys: null,
  run: (id) => void activateSkill(id),
};
const quarantine: SkillAction = {
  id: 'quarantine',
  label: 'Quarantine…',
  keys: 'Q',
  run: (skillId) => openDialog({ kind: 'quarantine', skillId }),
};
const release: SkillAction = {
  id: 'release',
  label: 'Release…',
  keys: 'Q',
  run: (skillId) => openDialog({ kind: 'release', skillId }),
};

/**
 * What can be done with a skill as it is now, most used first: the one list behind rows, menus, shortcuts, the palette
 * and the skill's page. What the host would refuse (DESIGN.md section 6) is not offered.
 */
export function skillActions(skill: Skill): readonly SkillAction[] {
  if (skill.broken !== undefined) return [];
  if (skill.lifecycle === 'disabled') return [activate];
  if (skill.lifecycle === 'quarantined') return [release, disable];
  if (skill.paused) return [start, quarantine, disable];
  if (skill.lifecycle === 'pending') return [activate, disable];
  return [check, restart, stop, quarantine, disable];
}

/** The part of a keyboard event that says what was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The action a key press means for this skill, or null. Shift counts, other modifiers never match. */
export function skillActionForKey(skill: Skill, event: KeyPress): SkillAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const pressed = `${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
  return skillActions(skill).find((action) => action.keys?.toLowerCase() === pressed) ?? null;
}
