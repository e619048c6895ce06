import { describe, expect, it } from 'vitest';
import { tierInWords } from '../../../renderer/components/suggested-fix-tier.ts';
import { findFixes, looksLikeError, sortFixes } from '../../../renderer/screens/fixes/find-fixes.ts';
import { outcomeState, taskState } from '../../../renderer/screens/scheduler/task-state.ts';
import { type FixMatch, type FixPattern, matchTierSchema } from '../../../shared/model/fix.ts';
import { type ScheduledTask, taskRunOutcomeSchema } from '../../../shared/model/schedule.ts';

function pattern(id: number, over: Partial<FixPattern> = {}): FixPattern {
  return {
    id,
    errorSignature: 'connecterror: <errno:-2> name or service not known',
    fixDescription: `Fix ${id}`,
    successCount: 0,
    failureCount: 0,
    createdAt: id,
    updatedAt: id,
    lastUsedAt: null,
    sample: '',
    signatureVersion: 1,
    ...over,
  };
}
const dns = pattern(1, { fixDescription: 'DNS was down\nRestart the resolver', skillId: 'channel-discord' });
const disk = pattern(2, { fixDescription: 'Free space', errorSignature: 'oserror: <errno:28>' });
const token = pattern(3, { fixDescription: 'Renew the token', errorSignature: 'valueerror: <http:401>' });
const all = [dns, disk, token];
const match = (of: FixPattern): FixMatch => ({ pattern: of, tier: 'exact', score: 1, why: 'same error' });

describe('searching fixes', () => {
  it('finds all while it is empty', () => {
    expect(findFixes(all, ' ', [])).toHaveLength(3);
  });

  it('needs every word, anywhere in title, details, signature or skill', () => {
    const ids = (query: string) => findFixes(all, query, []).map(({ pattern: { id } }) => id);
    expect(ids('RESOLVER restart')).toEqual([1]);
    expect(ids('errno:28')).toEqual([2]);
    expect(ids('discord dns')).toEqual([1]);
    expect(ids('discord token')).toEqual([]);
    expect(ids('any skill')).toEqual([2, 3]);
    const learnt = { ...disk, origin: { hostId: 'b', name: 'Bravo' } };
    expect(findFixes([dns, learnt], 'learnt bravo', [])).toEqual([{ pattern: learnt, match: null }]);
  });

  it('puts what the host matched first, in its order, once', () => {
    const found = findFixes(all, 'errno', [match(disk), match(token)]);
    expect(found.map(({ pattern: { id } }) => id)).toEqual([2, 3, 1]);
    expect(found.map(({ match: why }) => why !== null)).toEqual([true, true, false]);
  });

  it('shows the counts of the list, and nothing that was deleted meanwhile', () => {
    const older = { ...match(disk), pattern: { ...disk, successCount: 9 } };
    expect(findFixes(all, 'x', [older, match(pattern(99))]).map((one) => one.pattern)).toEqual([disk]);
  });

  it.each([
    ['dns', false],
    ['free space', false],
    ['channel-discord', false],
    ['Name or service not known', true],
    ["KeyError: 'token'", true],
    ['ConnectionResetError', true],
    ['Traceback\nboom', true],
  ])('takes %j for an error: %s', (query, expected) => {
    expect(looksLikeError(query)).toBe(expected);
  });
});

describe('the order of fixes', () => {
  it('puts much evidence above one lucky try', () => {
    const lucky = pattern(1, { successCount: 1 });
    const proven = pattern(2, { successCount: 10, failureCount: 1 });
    const bad = pattern(3, { failureCount: 4 });
    expect(sortFixes([bad, lucky, proven], 'worked').map(({ id }) => id)).toEqual([2, 1, 3]);
  });

  it('counts an unused fix by the day it was recorded', () => {
    const old = pattern(1, { lastUsedAt: 100 });
    const fresh = pattern(500);
    expect(sortFixes([old, fresh], 'used').map(({ id }) => id)).toEqual([500, 1]);
  });

  it('sorts titles as people do and leaves its input alone', () => {
    const input = [pattern(1, { fixDescription: 'b 10' }), pattern(2, { fixDescription: 'B 9' })];
    expect(sortFixes(input, 'title').map(({ id }) => id)).toEqual([2, 1]);
    expect(input.map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('words', () => {
  it('exist for every tier and every outcome, each its own', () => {
    const labels = matchTierSchema.options.map((tier) => tierInWords(tier).label);
    expect(new Set(labels).size).toBe(labels.length);
    const words = taskRunOutcomeSchema.options.map((outcome) => outcomeState(outcome).word);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('the state of a task', () => {
  const task: ScheduledTask = {
    id: 't',
    name: 'Task',
    schedule: { kind: 'interval', secs: 300 },
    kind: 'builtin',
    invoke: null,
    enabled: true,
    lastRunAt: null,
    nextRunAt: 0,
    failureStreak: 0,
    maxRetries: 3,
    retryBackoffSecs: 60,
    maxFailureStreakBeforePause: 5,
    softTimeoutSecs: 60,
    lastError: null,
    running: false,
  };

  it('tells a pause by a person from one by failures', () => {
    expect(taskState({ ...task, enabled: false })).toEqual({ state: 'off', word: 'Paused', detail: null });
    const failed = taskState({ ...task, enabled: false, failureStreak: 5, lastError: 'no answer' });
    expect(failed.state).toBe('bad');
    expect(failed.detail).toContain('after 5 failed runs in a row: no answer.');
  });

  it('counts failures towards the pause', () => {
    expect(taskState({ ...task, failureStreak: 2 }).detail).toBe('2 of 5 failed runs in a row');
    expect(taskState({ ...task, failureStreak: 2, running: true }).word).toBe('Running');
    expect(taskState(task).word).toBe('On schedule');
  });
});
