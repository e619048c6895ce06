import { describe, expect, it } from 'vitest';
import { staleAfter } from '../../../renderer/state/query-keys.ts';
import type { ActionKind } from '../../../shared/model/action.ts';

function topicsAfter(kind: ActionKind): string[] {
  const action = {
    ...{ id: 1, at: 0, kind, skillId: 'bot', origin: 'user' as const, reason: '', result: 'done' },
  };
  return staleAfter({ event: 'action.taken', payload: { action } }).map(([topic]) => topic);
}

describe('what an action on a package makes old', () => {
  it('is asked for again, also when somebody else did it', () => {
    expect(topicsAfter('setCredential')).toContain('credentials');
    expect(topicsAfter('clearCredential')).toContain('credentials');
    for (const kind of ['installSkill', 'updateSkill', 'rollbackSkill'] as const)
      expect(topicsAfter(kind)).toEqual(
        expect.arrayContaining(['versions', 'credentials', 'environment', 'tools']),
      );
    expect(topicsAfter('createEnvironment')).toContain('environment');
    expect(topicsAfter('restartSkill')).toContain('tools');
  });

  it('is nothing of it for what concerns no package', () => {
    expect(topicsAfter('recordFix')).not.toContain('versions');
  });
});
