import type { HostEvent } from '../../shared/contract/index.ts';
import type { ActionKind } from '../../shared/model/action.ts';

/** The first member of every query key: what kind of answer it holds. */
export type QueryTopic =
  | 'history'
  | 'heartbeats'
  | 'checks'
  | 'actions'
  | 'incidents'
  | 'incident'
  | 'logs'
  | 'fix-matches'
  | 'fixes'
  | 'fix-trials'
  | 'fix-history'
  | 'fix-proposals'
  | 'task-runs'
  | 'credentials'
  | 'versions'
  | 'tools'
  | 'environment'
  | 'import-sources'
  | 'fleet-incidents'
  | 'fleet-logs'
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
      stale.push(...packageTopics(action.kind).map((topic) => [topic, null] as [QueryTopic, null]));
      if (action.kind === 'recordFix') stale.push(['fixes', null], ['fix-matches', null]);
      return stale;
    }
    case 'incident.changed':
      return [
        ['incidents', event.payload.incident.skillId],
        ['incident', String(event.payload.incident.id)],
      ];
    case 'log.appended':
      return [['logs', event.payload.skillId]];
    case 'task.changed':
      return [['task-runs', null]];
    case 'fix.changed':
      return [
        ['fixes', null],
        ['fix-matches', null],
        ['fix-history', null],
      ];
    case 'fix.trial':
      return [['fix-trials', event.payload.trial.skillId]];
    case 'fix.proposal':
      return [['fix-proposals', null]];
    case 'advice.chunk':
    case 'advice.done':
    case 'environment.output':
    case 'skill.changed':
    case 'notification':
    case 'config.changed':
    case 'host.notice':
    case 'fleet.changed':
    case 'fleet.event':
      return [];
  }
}

/** What an action on a skill's package makes old. */
function packageTopics(kind: ActionKind): readonly QueryTopic[] {
  switch (kind) {
    case 'setCredential':
    case 'clearCredential':
      return ['credentials'];
    case 'installSkill':
    case 'updateSkill':
    case 'rollbackSkill':
    case 'removeSkill':
      return ['versions', 'credentials', 'environment', 'tools'];
    case 'createEnvironment':
      return ['environment'];
    case 'startSkill':
    case 'restartSkill':
    case 'activateSkill':
    case 'releaseSkill':
      return ['tools'];
    default:
      return [];
  }
}
