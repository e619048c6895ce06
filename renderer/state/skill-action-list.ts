import type { Skill } from '../../shared/model/skill.ts';
import { openDialog } from './dialogs.ts';
import { feedback } from './feedback.ts';
import { useHost } from './host-store.ts';
import { type KeyPress, pressed } from './shortcuts.ts';
import { readOnlyReason } from './shown-host.ts';
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
  | 'mute'
  | 'release'
  | 'disable'
  | 'activate';

/** Something a person can do with one skill. A label that ends in `…` opens a dialog first. */
export interface SkillAction {
  readonly id: SkillActionId;
  readonly label: string;
  /** Works on the focused row and on the skill's page: `R`, `Shift+R`, `Q`. */
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
  run: (skillId) => openDialog({ kind: 'quarantine', skillIds: [skillId] }),
};
const mute: SkillAction = {
  id: 'mute',
  label: 'Mute…',
  keys: 'M',
  run: (skillId) => {
    const incident = useHost
      .getState()
      .incidents.find((one) => one.skillId === skillId && one.endedAt === null);
    if (incident !== undefined) openDialog({ kind: 'mute', incident });
    else feedback.done(`${skillId} has no open incident`, { key: 'mute', body: 'There is nothing to mute.' });
  },
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
  return offered(skill).map(guarded);
}

function offered(skill: Skill): readonly SkillAction[] {
  if (skill.broken !== undefined) return [];
  if (skill.lifecycle === 'disabled') return [activate];
  if (skill.lifecycle === 'quarantined') return [release, disable];
  if (skill.paused) return [start, quarantine, disable];
  if (skill.lifecycle === 'pending') return [activate, disable];
  // Only trouble is told of, so only trouble can be muted.
  const failing = skill.health.status.kind === 'failing';
  return [check, restart, stop, quarantine, ...(failing ? [mute] : []), disable];
}

/** Each kind of action once, for the list of shortcuts. */
export const skillActionKinds: readonly SkillAction[] = [
  check,
  restart,
  stop,
  start,
  quarantine,
  release,
  mute,
  disable,
  activate,
];

/** Says why nothing can be ordered of the host that is shown; false where something can. */
function refusedHere(label: string): boolean {
  const reason = readOnlyReason();
  if (reason === null) return false;
  feedback.error(`${label.replace(/…$/, '')}: not here`, new Error(reason), { key: 'look-only' });
  return true;
}

function guarded(action: SkillAction): SkillAction {
  return {
    ...action,
    run: (skillId) => {
      if (!refusedHere(action.label)) action.run(skillId);
    },
  };
}

/** The action a key press means for this skill, or null. Shift counts, other modifiers never match. */
export function skillActionForKey(skill: Skill, event: KeyPress): SkillAction | null {
  const keys = pressed(event);
  return keys === null ? null : (skillActions(skill).find((action) => action.keys === keys) ?? null);
}
