import { describe, expect, it } from 'vitest';
import type { SharedFixRow } from '../../../electron/storage/storage.ts';
import { freshFolder, open } from './fixtures.ts';
import { fix } from './samples.ts';

const row = (key: string, change: Partial<SharedFixRow> = {}): SharedFixRow => ({
  ...{ key, state: 'shown', fixId: 1, body: '{"v":1}' },
  ...change,
});

describe('fixes shared with a fleet', () => {
  it('are there after a restart, with where they were learnt and what was counted there', () => {
    const folder = freshFolder();
    const before = open(folder).storage;
    const learnt = {
      ...{ ...fix('install it'), id: 1 },
      origin: { hostId: 'beta', name: 'Beta' },
      elsewhere: { hosts: 2, successCount: 7, failureCount: 1 },
    };
    const other = { ...fix('restart it'), id: 2 };
    const gone = { ...fix('gone'), id: 3 };
    before.sharedFixes.take({
      rows: [row('a'), row('b', { fixId: 2 }), row('c', { fixId: 3 })],
      patterns: [learnt, other, gone],
      ...{ removedKeys: [], removedFixes: [] },
    });
    before.sharedFixes.take({ rows: [], patterns: [], removedKeys: ['c'], removedFixes: [3] });
    before.sharedFixes.save(row('b', { state: 'hidden', fixId: null, body: null }));
    before.close();

    const { storage } = open(folder);
    expect(storage.fixes.all()).toEqual([learnt, other]);
    expect(storage.sharedFixes.all()).toEqual([
      row('a'),
      row('b', { state: 'hidden', fixId: null, body: null }),
    ]);
    storage.close();
  });
});
