import { describe, expect, it } from 'vitest';
import type { FixProposal, FixTrial } from '../../../shared/model/fix.ts';
import { freshFolder, open } from './fixtures.ts';
import { fix, T0 } from './samples.ts';

const trial: Omit<FixTrial, 'id'> = {
  fixId: 1,
  skillId: 'alpha',
  incidentId: 4,
  signature: 'keyerror: "a"',
  origin: 'user',
  appliedAt: T0,
  state: 'watching',
  inForce: false,
  healthyChecks: 0,
  failedChecks: 0,
  decidedAt: null,
};
const proposal: Omit<FixProposal, 'id'> = {
  incidentId: 4,
  skillId: 'alpha',
  error: 'KeyError: "a"',
  suggestion: 'Restarted it',
  at: T0,
  state: 'open',
};

describe('tried fixes and recoveries', () => {
  it('are there after a restart, as they were last written', () => {
    const folder = freshFolder();
    const before = open(folder).storage;
    const first = before.trials.add(trial);
    const second = before.trials.add({ ...trial, incidentId: null, origin: 'monitor' });
    const judged = { ...first, state: 'worked' as const, inForce: true, healthyChecks: 3, decidedAt: T0 + 9 };
    before.trials.update(judged);
    const asked = before.proposals.add(proposal);
    const answered = { ...before.proposals.add({ ...proposal, incidentId: 5 }), state: 'dismissed' as const };
    before.proposals.update(answered);
    before.troubled.put({ incidentId: 4, skillId: 'alpha', body: '{"deeds":[]}' });
    before.troubled.put({ incidentId: 4, skillId: 'alpha', body: '{"deeds":[1]}' });
    before.troubled.put({ incidentId: 5, skillId: 'beta', body: '{}' });
    before.troubled.remove(5);
    before.close();

    const { storage } = open(folder);
    expect(storage.trials.all()).toEqual([judged, second]);
    expect(storage.proposals.all()).toEqual([asked, answered]);
    expect(storage.troubled.all()).toEqual([{ incidentId: 4, skillId: 'alpha', body: '{"deeds":[1]}' }]);
    storage.close();
  });

  it('go with their fix', () => {
    const { storage } = open(freshFolder());
    const { id: fixId } = storage.fixes.insert(fix('install it'));
    storage.trials.add({ ...trial, fixId });
    const other = storage.trials.add({ ...trial, fixId: fixId + 1 });
    storage.fixes.remove(fixId);
    expect(storage.trials.all()).toEqual([other]);
    storage.close();
  });

  it('keep what a fix carries out, and who may, a regression and the question a notice asks', () => {
    const folder = freshFolder();
    const before = open(folder).storage;
    const kept = before.fixes.insert({ ...fix('restart it'), safeAction: 'restart', autoApply: true });
    const notice = { at: T0, level: 'info', title: 't', body: 'b', skillId: 'alpha', proposalId: 3 } as const;
    const told = before.noticeLog.add(notice);
    const incident = before.incidents.open({
      ...{ skillId: 'alpha', signature: 's', error: 'e', state: 'open', startedAt: T0, lastSeenAt: T0 },
      ...{ endedAt: null, failures: 1, note: null, mutedUntil: null, quarantined: false, regressedFixId: 2 },
    });
    before.close();
    const { storage } = open(folder);
    expect(storage.fixes.all()).toEqual([kept]);
    expect(storage.noticeLog.list(5)).toEqual([told]);
    expect(storage.incidents.openAll()).toEqual([incident]);
    storage.close();
  });
});
