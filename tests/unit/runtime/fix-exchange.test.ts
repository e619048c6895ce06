import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixPatternStore } from '../../../electron/core/fixes/store.ts';
import { exportFixes, planImport } from '../../../electron/runtime/fix-exchange.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import {
  type ExchangePattern,
  fixExchangeSchema,
  importChunks,
  readFixExchange,
} from '../../../shared/model/fix-exchange.ts';

const T0 = 1_760_000_000_000;

function storeOf(...fixes: readonly [error: string, fix: string, skillId?: string][]): FixPatternStore {
  const store = new FixPatternStore();
  for (const [error, fix, skillId] of fixes) {
    const pattern = store.recordFix(error, fix, skillId, T0, error);
    // Feedback makes the pattern its own: another text for this error is another fix.
    store.feedback(pattern.id, true, T0);
  }
  return store;
}

function merge(into: FixPatternStore, incoming: readonly ExchangePattern[]) {
  const { counts, steps } = planImport(incoming, into.list(), T0 + 1000);
  for (const { pattern, into: known } of steps) into.adopt(pattern, known?.id);
  return counts;
}

const bare = ({ id: _id, updatedAt: _at, ...pattern }: FixPattern) => pattern;

describe('exchanged fixes', () => {
  it('read what was exported', () => {
    const file = exportFixes(storeOf(['KeyError: "a"', 'Set a']).list(), T0);
    const read = readFixExchange(JSON.stringify(file));
    expect(read).toMatchObject({ ok: true, patterns: file.patterns });
    expect(fixExchangeSchema.parse(file)).toEqual(file);
  });

  it('say plainly what is wrong with a file', () => {
    const said = (text: string) => {
      const read = readFixExchange(text);
      return read.ok ? null : read.message;
    };
    expect(said('{')).toContain('not JSON');
    expect(said('[]')).toContain('no fixes exported by Skillward');
    expect(said('{"format":"skillward-fixes","version":2,"patterns":{}}')).toContain('newer version');
    expect(said('{"format":"skillward-fixes","version":1,"patterns":[{"sample":""}]}')).toContain(
      'damaged (patterns.0',
    );
    expect(said(' '.repeat(16_777_217))).toContain('larger');
  });

  it('are told apart: new, same, another fix for a known error, nothing to recognise', () => {
    const here = storeOf(['KeyError: "a"', 'Set a'], ['KeyError: "b"', 'Set b', 'shop']);
    const there = storeOf(
      ['KeyError: "a"', 'Set a'],
      ['KeyError: "a"', 'Set it otherwise'],
      ['KeyError: "b"', 'Set b'],
    );
    const { patterns } = exportFixes(there.list(), T0);
    const empty = { ...patterns[0], errorSignature: '<num>', sample: '' } as ExchangePattern;
    const { counts } = planImport([...patterns, empty], here.list(), T0);
    expect(counts).toEqual({ added: 1, same: 1, conflicting: 1, refused: 1 });
  });

  it('lose no counts, and count once however often they are read', () => {
    const here = storeOf(['KeyError: "a"', 'Set a']);
    const there = storeOf(['KeyError: "a"', 'Set a']);
    here.feedback(1, true, T0);
    here.feedback(1, true, T0);
    there.feedback(1, false, T0 + 5);
    const { patterns } = exportFixes(there.list(), T0);
    merge(here, patterns);
    merge(here, patterns);
    expect(here.list()).toMatchObject([{ successCount: 4, failureCount: 1, lastUsedAt: T0 + 5 }]);
  });

  it('bring no permission to act, no secret and no time to come', () => {
    const [exported] = exportFixes(storeOf(['KeyError: "a"', 'Set a']).list(), T0).patterns;
    if (exported === undefined) throw new Error('one was recorded');
    const allowed = storeOf(['KeyError: "a"', 'Set a']);
    allowed.update(1, { safeAction: 'restart', autoApply: true }, T0);
    expect(exportFixes(allowed.list(), T0).patterns[0]).not.toHaveProperty('autoApply');
    const hostile = {
      ...exported,
      fixDescription: 'password=hunter2hunter2 works',
      createdAt: T0 * 2,
      autoApply: true,
      safeAction: 'restart',
    } as ExchangePattern;
    const { steps } = planImport([hostile], [], T0);
    expect(steps[0]?.pattern).toMatchObject({ safeAction: 'restart', createdAt: T0 });
    expect(steps[0]?.pattern.fixDescription).not.toContain('hunter2');
    const file = { format: 'skillward-fixes', version: 1, patterns: [hostile] };
    const read = readFixExchange(JSON.stringify(file));
    expect(read.ok && read.patterns[0]).not.toHaveProperty('autoApply');
  });

  it('are the same whichever machine reads whose file', () => {
    const one = fc.tuple(
      fc.constantFrom('KeyError: "a"', 'KeyError: "b"', 'ValueError: bad input'),
      fc.constantFrom('Set it', 'Restart it'),
      fc.constantFrom(undefined, 'shop'),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.array(one, { maxLength: 6 }), (a, b) => {
        const left = storeOf(...(a as [string, string, string?][]));
        const right = storeOf(...(b as [string, string, string?][]));
        const fromLeft = exportFixes(left.list(), T0).patterns;
        const fromRight = exportFixes(right.list(), T0).patterns;
        merge(left, fromRight);
        merge(right, fromLeft);
        const sorted = (store: FixPatternStore) =>
          store
            .list()
            .map(bare)
            .map((pattern) => JSON.stringify(Object.entries(pattern).sort()))
            .sort();
        expect(sorted(left)).toEqual(sorted(right));
      }),
    );
  });

  it('travel in portions that fit a request', () => {
    const [exported] = exportFixes(storeOf(['KeyError: "a"', 'Set a']).list(), T0).patterns;
    const many = Array.from({ length: 30 }, () => ({ ...exported, sample: 'x'.repeat(20_000) }));
    const chunks = importChunks(many as ExchangePattern[]);
    expect(chunks.flat()).toHaveLength(30);
    for (const chunk of chunks) expect(JSON.stringify(chunk).length).toBeLessThan(300_000);
  });
});
