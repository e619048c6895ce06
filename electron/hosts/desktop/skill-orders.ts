import type { Skill } from '../../../shared/model/skill.ts';
import type { DesktopOrder, SkillCommand } from './order.ts';

export interface SkillOrder {
  readonly id: string;
  readonly label: string;
  readonly order: DesktopOrder;
}

/**
 * What a native menu offers for a skill as it is now: the same acts and words as the dashboard (a test compares them),
 * less those that need a form. What the host would refuse (DESIGN.md section 6) is not offered.
 */
export function skillOrders(skill: Skill): readonly SkillOrder[] {
  const { id } = skill;
  const act = (name: string, label: string, command: SkillCommand): SkillOrder => ({
    id: name,
    label,
    order: { kind: 'skill', command, skillId: id },
  });
  const open: SkillOrder = { id: 'open', label: 'Open', order: { kind: 'go', route: skillRoute(id) } };
  if (skill.broken !== undefined) return [open];
  if (skill.lifecycle === 'disabled') return [open, act('activate', 'Activate', 'skill.activate')];
  // Only on trial: a release by force is a decision for the page, which says what it means.
  if (skill.lifecycle === 'quarantined')
    return [
      open,
      act('release', 'Release on trial', 'skill.release'),
      act('disable', 'Disable', 'skill.disable'),
    ];
  if (skill.paused)
    return [open, act('start', 'Start', 'skill.start'), act('disable', 'Disable', 'skill.disable')];
  if (skill.lifecycle === 'pending')
    return [open, act('activate', 'Activate', 'skill.activate'), act('disable', 'Disable', 'skill.disable')];
  return [
    open,
    act('check', 'Check now', 'skill.health.check'),
    act('restart', 'Restart', 'skill.restart'),
    act('stop', 'Pause', 'skill.stop'),
    act('disable', 'Disable', 'skill.disable'),
  ];
}

/** The dashboard's page of one skill. Ids are `[a-z0-9_-]+`, so nothing in them needs escaping. */
export function skillRoute(skillId: string): string {
  return `#/skill/${skillId}`;
}
