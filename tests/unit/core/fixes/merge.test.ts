import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixPatternStore } from '../../../../electron/core/fixes/store.ts';

const KEY_ERROR = "KeyError: 'access_token'";
const REFUSED = 'ConnectionRefusedError: [Errno 111] Connection refused';
const DISK = 'OSError: [Errno 28] No space left on device';

function storeOf(...errors: readonly string[]): FixPatternStore {
  const store = new FixPatternStore();
  for (const error of errors) store.recordFix(error, `mend ${error}`, undefined, 1, error);
  return store;
}

describe('merging fixes', () => {
  it('keeps the words and the first error of the one, adds the counts, and finds both errors', () => {
    const store = storeOf(KEY_ERROR, REFUSED);
    store.feedback(1, true, 5);
    store.feedback(2, false, 3);
    const merged = store.merge(1, 2, 9);
    expect(merged).toMatchObject({
      ...{ id: 2, fixDescription: `mend ${REFUSED}`, successCount: 3, failureCount: 1 },
      ...{ createdAt: 1, updatedAt: 9, lastUsedAt: 5, alsoFor: [{ sample: KEY_ERROR }] },
    });
    expect(store.list()).toEqual([merged]);
    for (const error of [KEY_ERROR, REFUSED]) {
      expect(store.match(error).matches).toMatchObject([{ tier: 'exact', pattern: merged }]);
      expect(store.findMatching(error)).toEqual(merged);
    }
  });

  it('is for any skill unless both were for the same one, and asks again before it acts by itself', () => {
    const store = new FixPatternStore();
    for (const [error, skillId] of [
      [KEY_ERROR, 'a'],
      [REFUSED, 'a'],
      [DISK, 'b'],
    ] as const)
      store.recordFix(error, 'x', skillId);
    store.update(2, { safeAction: 'restart', autoApply: true }, 1);
    expect(store.merge(1, 2, 2)).toMatchObject({ skillId: 'a', safeAction: 'restart', autoApply: false });
    expect(store.merge(3, 2, 2)).not.toHaveProperty('skillId');
  });

  it('refuses what makes no sense', () => {
    const store = storeOf(KEY_ERROR);
    expect([store.merge(1, 1, 0), store.merge(1, 2, 0), store.merge(2, 1, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(store.list()).toHaveLength(1);
  });

  it('does not let a note about one of its errors replace words that stand for several', () => {
    const store = storeOf(KEY_ERROR, REFUSED);
    store.merge(1, 2, 0);
    const note = store.recordFix(KEY_ERROR, 'another way');
    expect(note.id).not.toBe(2);
    expect(store.get(2)?.fixDescription).toBe(`mend ${REFUSED}`);
  });

  it('survives being stored and signed anew, and forgets every error when it goes', () => {
    const store = storeOf(KEY_ERROR, REFUSED, DISK);
    store.merge(1, 2, 0);
    store.merge(2, 3, 0);
    const old = store.list().map((pattern) => ({ ...pattern, signatureVersion: 0 }));
    const restored = new FixPatternStore();
    expect(restored.restoreAll(old)).toHaveLength(1);
    for (const error of [KEY_ERROR, REFUSED, DISK])
      expect(restored.match(error).matches[0]?.tier).toBe('exact');
    restored.remove(3);
    for (const error of [KEY_ERROR, REFUSED, DISK]) expect(restored.match(error).matches).toEqual([]);
  });

  it('loses no error and no count, whatever is merged into what', () => {
    const errors = [KEY_ERROR, REFUSED, DISK, 'ValueError: bad', 'TimeoutError: late', 'connection reset'];
    const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pairs, (merges) => {
        const store = storeOf(...errors);
        for (const [from, into] of merges) store.merge(from, into, 2);
        const total = store.list().reduce((sum, { successCount }) => sum + successCount, 0);
        expect(total).toBe(errors.length);
        for (const error of errors) expect(store.match(error).matches[0]).toMatchObject({ tier: 'exact' });
      }),
      { numRuns: 30 },
    );
  });
});
