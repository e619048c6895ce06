import type { FixPattern } from '../../shared/model/fix.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { displayState } from '../components/display-state.ts';
import { hostState } from '../components/fleet/host-words.ts';
import { bulkActions } from '../state/bulk-actions.ts';
import { openDialog } from '../state/dialogs.ts';
import { skillActions } from '../state/skill-action-list.ts';
import { checkAll, reloadSkills } from '../state/skill-actions.ts';
import type { ActionContext, ActionGroup, AppAction } from './action-types.ts';
import { screens } from './screens.ts';
import { settingActions } from './setting-actions.ts';
import { viewActions } from './view-actions.ts';

/**
 * The one registry: every action there is at this moment, in the order the palette shows them. Palette, shortcuts and
 * the list of shortcuts read it; rows, cards, menus and buttons read the part of it that is about skills
 * (`skill-action-list.ts`, `bulk-actions.ts`). `fixes` are those on record, where they are known.
 */
export function appActions(
  context: ActionContext,
  fixes: readonly Pick<FixPattern, 'id' | 'fixDescription' | 'errorSignature'>[] = [],
): readonly AppAction[] {
  // What the host that is shown would refuse is not offered.
  const locked = context.readOnly !== null;
  const here = context.skills.find((skill) => skill.id === context.skillId) ?? null;
  return [
    ...(here === null || locked ? [] : forSkill(here, 'This skill', (label) => label)),
    ...(locked ? [] : forSelected(context)),
    ...context.skills.map((skill) => ({
      id: `skill:${skill.id}`,
      group: 'Skills' as const,
      label: skill.id,
      description: `${displayState(skill).word} · ${skill.name}`,
      run: () => context.openSkill(skill.id),
    })),
    ...screens.map((screen, index) => ({
      id: `go:${screen.to}`,
      group: 'Go to' as const,
      label: screen.label,
      keys: [
        `G ${screen.key.toUpperCase()}`,
        `Mod+${index + 1}`,
        ...(screen.to === '/settings' ? ['Mod+,'] : []),
      ],
      run: () => context.openScreen(screen.to),
    })),
    ...hosts(context),
    ...general(context, here),
    ...context.incidents
      .filter(({ endedAt }) => endedAt === null)
      .map((incident) => ({
        id: `incident:${incident.id}`,
        group: 'Incidents' as const,
        label: `${incident.skillId}: ${firstLine(incident.error)}`,
        description: incident.state,
        run: () => context.openIncident(incident),
      })),
    ...fixes.map((fix) => ({
      id: `fix:${fix.id}`,
      group: 'Fixes' as const,
      label: firstLine(fix.fixDescription),
      description: firstLine(fix.errorSignature),
      run: () => context.openFix(fix.id),
    })),
    ...viewActions(context),
    ...settingActions(context),
    ...context.skills.flatMap((skill) =>
      skill === here || locked
        ? []
        : forSkill(skill, 'Actions for skills', (label) => `${label} ${skill.id}`),
    ),
  ];
}

function hosts({ hosts: all, hostId, showHost }: ActionContext): AppAction[] {
  return all.flatMap((host) => {
    const id = host.state === 'here' ? null : host.hostId;
    if (id === hostId) return [];
    return [
      {
        id: `host:${host.hostId}`,
        group: 'Hosts' as const,
        label: `Switch to ${host.name}`,
        description: `${host.state === 'here' ? 'This host · ' : ''}${hostState(host).word}`,
        run: () => showHost(id),
      },
    ];
  });
}

function forSkill(skill: Skill, group: ActionGroup, label: (action: string) => string): AppAction[] {
  return skillActions(skill).map((action) => ({
    id: `${action.id}:${skill.id}`,
    group,
    label: action.label.endsWith('…') ? `${label(action.label.slice(0, -1))}…` : label(action.label),
    ...(action.keys === null || group !== 'This skill' ? {} : { keys: [action.keys] }),
    run: () => action.run(skill.id),
  }));
}

function forSelected({ selected, skills }: ActionContext): AppAction[] {
  if (selected.size === 0) return [];
  return bulkActions(skills.filter(({ id }) => selected.has(id))).map(({ id, label, skillIds, run }) => ({
    id: `selected:${id}`,
    group: 'Selected skills',
    label: `${label.replace(/…$/, '')} (${skillIds.length})${label.endsWith('…') ? '…' : ''}`,
    run,
  }));
}

function general(context: ActionContext, here: Skill | null): AppAction[] {
  const orders: AppAction[] = [
    { id: 'check-all', group: 'Do', label: 'Check every skill now', run: () => void checkAll() },
    { id: 'reload', group: 'Do', label: 'Read the skills folders again', run: () => void reloadSkills() },
    { id: 'record-fix', group: 'Do', label: 'Record a fix', run: () => context.recordFix(here) },
  ];
  return [
    ...(context.readOnly === null ? orders : []),
    { id: 'add-skill', group: 'Do', label: 'Add a skill', run: () => context.openScreen('/add') },
    {
      id: 'find',
      group: 'Do',
      label: 'Find on this screen',
      keys: ['/'],
      run: context.findOnScreen,
    },
    {
      id: 'shortcuts',
      group: 'Do',
      label: 'Keyboard shortcuts',
      keys: ['?'],
      run: () => openDialog({ kind: 'shortcuts' }),
    },
    { id: 'first-steps', group: 'Do', label: 'Help: the first steps', run: context.showFirstSteps },
  ];
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, 200) ?? '';
}
