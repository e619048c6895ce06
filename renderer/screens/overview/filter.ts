import type { Skill } from '../../../shared/model/skill.ts';
import { displayState, needsAttention, type StateKind } from '../../components/display-state.ts';

export type Show = StateKind | 'attention';

/** Whether a row passes the chip that is on and the words typed. */
export function passes(skill: Skill, show: Show | undefined, typed: string): boolean {
  if (show === 'attention' && !needsAttention(skill)) return false;
  if (show !== undefined && show !== 'attention' && displayState(skill).state !== show) return false;
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || skill.id.includes(wanted) || skill.name.toLowerCase().includes(wanted);
}
