import type { Skill } from '../../shared/model/skill.ts';
import { displayState, needsAttention, type StateKind } from '../components/display-state.ts';
import type { HostData } from './host-state.ts';

export type StateCounts = Readonly<Record<StateKind, number>>;

/** How many skills show each state. */
export function countStates(data: Pick<HostData, 'skills'>): StateCounts {
  const counts = { ok: 0, warn: 0, bad: 0, quar: 0, busy: 0, off: 0, none: 0 };
  for (const skill of Object.values(data.skills)) counts[displayState(skill).state] += 1;
  return counts;
}

/** How many incidents go on and nobody has taken on. */
export function unacknowledged(data: Pick<HostData, 'incidents'>): number {
  return data.incidents.filter(({ endedAt, state }) => endedAt === null && state === 'open').length;
}

/** Skills that call for a person, in reading order. */
export function attention(data: Pick<HostData, 'skills' | 'order'>): Skill[] {
  return inOrder(data).filter(needsAttention);
}

export function inOrder(data: Pick<HostData, 'skills' | 'order'>): Skill[] {
  return data.order.flatMap((id) => data.skills[id] ?? []);
}

/** Epoch ms of the next check of any skill, or null when none is planned. */
export function nextCheckAt(data: Pick<HostData, 'skills'>): number | null {
  let next: number | null = null;
  for (const { nextCheckAt: at } of Object.values(data.skills)) {
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

/** The state in one sentence for the heading: what needs a person, and how the rest is. */
export function overviewSentence(data: Pick<HostData, 'skills'>): { title: string; aside: string | null } {
  const counts = countStates(data);
  const total = Object.keys(data.skills).length;
  const calling = counts.bad + counts.quar;
  if (total === 0) return { title: 'No skills yet', aside: null };
  if (calling > 0) {
    const one = calling === 1;
    const title = `${calling} of ${total} ${total === 1 ? 'skill' : 'skills'} ${one ? 'needs' : 'need'} attention`;
    return { title, aside: counts.warn > 0 ? `${counts.warn} degraded` : restOf(counts, total - calling) };
  }
  if (counts.warn > 0) {
    return {
      title: `${counts.warn} of ${total} skills ${counts.warn === 1 ? 'is' : 'are'} degraded`,
      aside: 'none is failing',
    };
  }
  if (counts.ok === total) {
    return { title: total === 1 ? 'The skill is healthy' : `All ${total} skills are healthy`, aside: null };
  }
  return { title: 'Nothing needs attention', aside: `${counts.ok} of ${total} healthy` };
}

function restOf(counts: StateCounts, rest: number): string | null {
  if (rest === 0) return null;
  return counts.ok === rest ? 'all else is well' : `${counts.ok} healthy`;
}
