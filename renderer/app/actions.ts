import type { Skill } from '../../shared/model/skill.ts';
import { displayState } from '../components/display-state.ts';
import { openDialog } from '../state/dialogs.ts';
import { skillActions } from '../state/skill-action-list.ts';
import { checkAll, reloadSkills } from '../state/skill-actions.ts';
import { type ScreenPath, screens } from './screens.ts';

export type ActionGroup = 'This skill' | 'Needs attention' | 'Go to' | 'Do' | 'Skills' | 'Actions for skills';

/** One thing a person can do, wherever it is shown: palette, shortcut sheet, menu. */
export interface AppAction {
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  readonly description?: string;
  /** Shown next to it: `G O`, `Shift+R`. */
  readonly keys?: string;
  readonly run: () => void;
}

export interface ActionContext {
  readonly skills: readonly Skill[];
  /** The skill whose page is open, if any. */
  readonly skillId: string | null;
  readonly openScreen: (to: ScreenPath) => void;
  readonly openSkill: (skillId: string) => void;
  readonly recordFix: (skill: Skill | null) => void;
}

/** Every action there is at this moment, in the order the palette shows them. */
export function appActions(context: ActionContext): readonly AppAction[] {
  const here = context.skills.find((skill) => skill.id === context.skillId) ?? null;
  return [
    ...(here === null ? [] : forSkill(here, 'This skill', (label) => label)),
    ...screens.map((screen) => ({
      id: `go:${screen.to}`,
      group: 'Go to' as const,
      label: screen.label,
      keys: `G ${screen.key.toUpperCase()}`,
      run: () => context.openScreen(screen.to),
    })),
    ...general(context, here),
    ...context.skills.map((skill) => ({
      id: `skill:${skill.id}`,
      group: 'Skills' as const,
      label: skill.id,
      description: `${displayState(skill).word} · ${skill.name}`,
      run: () => context.openSkill(skill.id),
    })),
    ...context.skills.flatMap((skill) =>
      skill === here ? [] : forSkill(skill, 'Actions for skills', (label) => `${label} ${skill.id}`),
    ),
  ];
}

function forSkill(skill: Skill, group: ActionGroup, label: (action: string) => string): AppAction[] {
  return skillActions(skill).map((action) => ({
    id: `${action.id}:${skill.id}`,
    group,
    label: action.label.endsWith('…') ? `${label(action.label.slice(0, -1))}…` : label(action.label),
    ...(action.keys === null || group !== 'This skill' ? {} : { keys: action.keys }),
    run: () => action.run(skill.id),
  }));
}

function general(context: ActionContext, here: Skill | null): AppAction[] {
  return [
    { id: 'check-all', group: 'Do', label: 'Check every skill now', run: () => void checkAll() },
    { id: 'reload', group: 'Do', label: 'Read the skills folders again', run: () => void reloadSkills() },
    { id: 'record-fix', group: 'Do', label: 'Record a fix', run: () => context.recordFix(here) },
    {
      id: 'shortcuts',
      group: 'Do',
      label: 'Keyboard shortcuts',
      keys: '?',
      run: () => openDialog({ kind: 'shortcuts' }),
    },
  ];
}
