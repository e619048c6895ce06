import type { CommandAnswer, HostEvent, SequencedEvent } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { type HostData, MAX_NOTICES } from './host-state.ts';

/** How many incidents that are over are kept; the host has the rest. */
const MAX_OVER = 50;

/** The state a snapshot describes. Nothing of the former state is kept. */
export function fromSnapshot(snapshot: CommandAnswer<'state.snapshot'>, now: number): HostData {
  const skills = Object.fromEntries(snapshot.skills.map((skill) => [skill.id, skill]));
  return {
    loaded: true,
    skills,
    order: orderOf(skills),
    tasks: snapshot.tasks,
    incidents: byNewest(snapshot.incidents, (incident) => incident.startedAt),
    notices: byNewest(snapshot.notices, (notice) => notice.at).slice(0, MAX_NOTICES),
    hostNotices: snapshot.host.notices,
    settings: snapshot.settings,
    host: snapshot.host,
    seq: snapshot.seq,
    lastEventAt: now,
  };
}

/** The state after a batch of events. Pure; one new object per batch, so a batch is one render. */
export function applyEvents(data: HostData, batch: readonly SequencedEvent[], now: number): HostData {
  let next: HostData = data;
  for (const event of batch) {
    if (event.seq > next.seq) next = { ...applyOne(next, event), seq: event.seq };
  }
  return next === data ? data : { ...next, lastEventAt: now };
}

function applyOne(data: HostData, event: HostEvent): HostData {
  switch (event.event) {
    case 'skill.changed':
      return withSkill(data, event.payload.skillId, event.payload.skill);
    case 'health.checked': {
      const { skillId, record, latencyMs } = event.payload;
      const skill = data.skills[skillId];
      if (skill === undefined) return data;
      return withSkill(data, skillId, { ...skill, health: record, lastLatencyMs: latencyMs });
    }
    case 'incident.changed':
      return withIncident(data, event.payload.incident);
    case 'task.changed': {
      const { taskId, task } = event.payload;
      if (task === null) return { ...data, tasks: data.tasks.filter((known) => known.id !== taskId) };
      const known = data.tasks.some((one) => one.id === taskId);
      return {
        ...data,
        tasks: known ? data.tasks.map((one) => (one.id === taskId ? task : one)) : [...data.tasks, task],
      };
    }
    case 'notification': {
      const { notice } = event.payload;
      const others = data.notices.filter((known) => known.id !== notice.id);
      return { ...data, notices: [notice, ...others].slice(0, MAX_NOTICES) };
    }
    case 'config.changed':
      return { ...data, settings: event.payload.config };
    case 'host.notice': {
      const { notice } = event.payload;
      const others = data.hostNotices.filter((known) => known.code !== notice.code);
      return { ...data, hostNotices: [notice, ...others] };
    }
    // What these tell is asked for by the screens that show it (see query-keys.ts) or streamed to them.
    case 'action.taken':
    case 'log.appended':
    case 'fix.changed':
    case 'fix.trial':
    case 'fix.proposal':
    case 'advice.chunk':
    case 'advice.done':
    case 'environment.output':
    // The fleet is no part of one host's state: `fleet/` keeps it.
    case 'fleet.changed':
    case 'fleet.event':
      return data;
  }
}

/** Puts one skill in, replaces it, or takes it out (`null`). */
export function withSkill(data: HostData, skillId: string, skill: Skill | null): HostData {
  if (skill === null) {
    const { [skillId]: _gone, ...rest } = data.skills;
    return { ...data, skills: rest, order: data.order.filter((id) => id !== skillId) };
  }
  const before = data.skills[skillId];
  const skills = { ...data.skills, [skillId]: skill };
  return { ...data, skills, order: before?.name === skill.name ? data.order : orderOf(skills) };
}

/** Puts one incident in or replaces it. */
export function withIncident(data: HostData, incident: Incident): HostData {
  const others = data.incidents.filter((known) => known.id !== incident.id);
  return { ...data, incidents: bounded(byNewest([incident, ...others], (one) => one.startedAt)) };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function orderOf(skills: HostData['skills']): string[] {
  return Object.values(skills)
    .sort((a, b) => collator.compare(a.id, b.id))
    .map((skill) => skill.id);
}

/** All that go on, and the newest of those that are over: a page may stay open for weeks. Newest first. */
function bounded(incidents: readonly Incident[]): Incident[] {
  let over = 0;
  return incidents.filter((incident) => {
    if (incident.endedAt === null) return true;
    over += 1;
    return over <= MAX_OVER;
  });
}

function byNewest<Item>(items: readonly Item[], at: (item: Item) => number): Item[] {
  return [...items].sort((a, b) => at(b) - at(a));
}
