import type { HostEvent } from '../../shared/contract/index.ts';

/** The first member of every query key: what kind of answer it holds. */
export type QueryTopic =
  | 'history'
  | 'heartbeats'
  | 'checks'
  | 'actions'
  | 'logs'
  | 'fix-matches'
  | 'fixes'
  | 'fix-trials'
  | 'fix-proposals'
  | 'task-runs'
  | 'runtime';

export type QueryKey = readonly [QueryTopic, ...(string | number | null)[]];

/** Which answers an event makes old: topic, and the skill when only that skill's answers are meant. */
export function staleAfter(event: HostEvent): readonly (readonly [QueryTopic, string | null])[] {
  switch (event.event) {
    case 'health.checked': {
      const { skillId } = event.payload;
      return [
        ['history', skillId],
        ['checks', skillId],
        ['heartbeats', null],
      ];
    }
    case 'action.taken': {
      const { action } = event.payload;
      const stale: [QueryTopic, string | null][] = [['actions', null]];
      if (action.skillId !== null) stale.push(['history', action.skillId]);
      if (action.kind === 'recordFix') stale.push(['fixes', null], ['fix-matches', null]);
      return stale;
    }
    case 'log.appended':
      return [['logs', event.payload.skillId]];
    case 'task.changed':
      return [['task-runs', null]];
    case 'fix.changed':
      return [
        ['fixes', null],
        ['fix-matches', null],
      ];
    case 'fix.trial':
      return [['fix-trials', event.payload.trial.skillId]];
    case 'fix.proposal':
      return [['fix-proposals', null]];
    case 'advice.chunk':
    case 'advice.done':
    case 'skill.changed':
    case 'incident.changed':
    case 'notification':
    case 'config.changed':
    case 'host.notice':
      return [];
  }
}
