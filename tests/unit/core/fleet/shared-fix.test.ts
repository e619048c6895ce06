import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixPatternStore } from '../../../../electron/core/fixes/store.ts';
import { outgoingFix } from '../../../../electron/core/fleet/outgoing-fix.ts';
import { partFrom, shareable } from '../../../../electron/core/fleet/shareable-fix.ts';
import {
  countsElsewhere,
  encodeSharedFix,
  identityOf,
  isHeldElsewhere,
  mergeSharedFixes,
  readSharedFix,
  recorderOf,
  sharedFix,
  withPart,
} from '../../../../electron/core/fleet/shared-fix.ts';
import {
  LATEST_MS,
  MAX_FIX_HOSTS,
  MAX_SHARED_FIX_BYTES,
  type SharedFix,
  type SharedPart,
} from '../../../../shared/model/shared-fix.ts';

const T0 = 1_760_000_000_000;

function part(hostId: string, change: Partial<SharedPart> = {}): SharedPart {
  return {
    ...{ hostId, name: hostId, successCount: 1, failureCount: 0, recordedAt: T0, updatedAt: T0 },
    ...change,
  };
}

function shared(...parts: SharedPart[]): SharedFix {
  return sharedFix({
    ...{ signatureVersion: 1, errorSignature: 'keyerror: "a"', fixDescription: 'Set a', sample: '' },
    ...{ alsoFor: [], parts },
  });
}

const hostIds = fc.constantFrom('alpha', 'beta', 'gamma', 'constructor', 'tostring');
const parts = fc.record(
  {
    hostId: hostIds,
    name: fc.constantFrom('a', 'b'),
    successCount: fc.nat(9),
    failureCount: fc.nat(9),
    recordedAt: fc.option(fc.integer({ min: T0, max: T0 + 5 })),
    updatedAt: fc.integer({ min: T0, max: T0 + 3 }),
    safeAction: fc.constantFrom('restart' as const, 'release-trial' as const),
    withdrawn: fc.constant(true as const),
  },
  { requiredKeys: ['hostId', 'name', 'successCount', 'failureCount', 'recordedAt', 'updatedAt'] },
);
const errors = fc.record({
  errorSignature: fc.string({ minLength: 1, maxLength: 2 }),
  sample: fc.string({ maxLength: 2 }),
});
const copies = fc
  .record({
    sample: fc.constantFrom('', 'KeyError: "a"', 'x KeyError: "a"'),
    alsoFor: fc.array(errors, { maxLength: 80 }),
    parts: fc.array(parts, { maxLength: 8 }),
  })
  .map((some) => sharedFix({ ...shared(), ...some }));

describe('copies of a shared fix', () => {
  it('come to the same whoever heard of whom first, and however often', () => {
    fc.assert(
      fc.property(copies, copies, copies, (a, b, c) => {
        const merged = mergeSharedFixes(mergeSharedFixes(a, b), c);
        expect(mergeSharedFixes(a, mergeSharedFixes(b, c))).toEqual(merged);
        expect(mergeSharedFixes(mergeSharedFixes(c, a), b)).toEqual(merged);
        expect(mergeSharedFixes(merged, b)).toEqual(merged);
        expect(mergeSharedFixes(a, a)).toEqual(a);
      }),
    );
  });

  it('are read back word for word, whatever the order they were written in', () => {
    fc.assert(
      fc.property(copies, (copy) => {
        const text = encodeSharedFix(copy) ?? '';
        expect(readSharedFix(text)).toEqual({ kind: 'fix', fix: copy, dropped: 0 });
        const turned = { ...copy, parts: copy.parts.toReversed(), alsoFor: copy.alsoFor.toReversed() };
        expect(readSharedFix(JSON.stringify(turned))).toMatchObject({ fix: copy });
      }),
    );
  });

  it('count every host once, and only while it has a say', () => {
    const fix = shared(
      part('alpha', { successCount: 3 }),
      part('beta', { successCount: 2, failureCount: 4, recordedAt: null }),
      part('gamma', { successCount: 0, withdrawn: true, recordedAt: T0 - 9 }),
    );
    expect(countsElsewhere(fix, 'alpha')).toEqual({ hosts: 1, successCount: 2, failureCount: 4 });
    expect(countsElsewhere(fix, 'none')).toEqual({ hosts: 2, successCount: 5, failureCount: 4 });
    // Who recorded it first is known also when it took it back.
    expect(recorderOf(fix)?.hostId).toBe('gamma');
  });

  it('are held by who recorded them or was helped, not by who was not', () => {
    const told = { recordedAt: null, successCount: 0, failureCount: 2 };
    expect(isHeldElsewhere(shared(part('beta', told)), 'alpha')).toBe(false);
    expect(isHeldElsewhere(shared(part('beta', { ...told, successCount: 1 })), 'alpha')).toBe(true);
    expect(isHeldElsewhere(shared(part('alpha')), 'alpha')).toBe(false);
  });

  it('have room for so many hosts, the same ones everywhere', () => {
    const many = Array.from({ length: MAX_FIX_HOSTS + 5 }, (_, at) =>
      part(`h${String(at).padStart(5, '0')}`),
    );
    const left = shared(...many.slice(0, 600));
    const right = shared(...many.slice(600));
    const merged = mergeSharedFixes(left, right);
    expect(merged.parts).toHaveLength(MAX_FIX_HOSTS);
    expect(mergeSharedFixes(right, left)).toEqual(merged);
    expect(encodeSharedFix(merged)).not.toBeNull();
  });
});

describe('what somebody put into the bucket', () => {
  const good = JSON.parse(encodeSharedFix(shared(part('alpha'), part('beta'))) ?? '') as Record<
    string,
    unknown
  >;
  const read = (change: Record<string, unknown>) => readSharedFix(JSON.stringify({ ...good, ...change }));

  it('is left alone when a later version wrote it', () => {
    expect(read({ v: 2, parts: 'what may be' })).toEqual({ kind: 'newer' });
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['a text', '"fix"'],
    ['nested beyond reason', '['.repeat(200_000)],
    ['too long', `"${'x'.repeat(MAX_SHARED_FIX_BYTES)}"`],
    ['parts that are none', JSON.stringify({ ...good, parts: { alpha: part('alpha') } })],
    ['words that are none', JSON.stringify({ ...good, fixDescription: ' ' })],
    ['words that would be others', JSON.stringify({ ...good, fixDescription: ' Set a' })],
    ['a skill that is none', JSON.stringify({ ...good, skillId: '../up' })],
    [
      'too many errors',
      JSON.stringify({ ...good, alsoFor: Array(51).fill({ errorSignature: 'e', sample: '' }) }),
    ],
    ['keys of a prototype', '{"__proto__":{"v":1,"parts":[]},"constructor":1}'],
  ])('is not read when it is %s', (_what, text) => {
    expect(readSharedFix(text)).toEqual({ kind: 'unreadable' });
  });

  it.each([
    ['counts beyond reason', { successCount: 1e12 }],
    ['counts below nothing', { failureCount: -1 }],
    ['a time that never comes', { updatedAt: 1e16 }],
    ['an id with a meaning in subjects', { hostId: 'a.>' }],
    ['an id of a prototype', { hostId: '__proto__' }],
    ['an action nobody knows', { safeAction: 'erase' }],
    ['a name beyond reason', { name: 'n'.repeat(101) }],
  ])('loses a host that says %s, and keeps the others', (_what, change) => {
    const found = read({ parts: [part('alpha'), { ...part('beta'), ...change }] });
    expect(found).toEqual({ kind: 'fix', fix: shared(part('alpha')), dropped: 1 });
  });

  it('brings no permission and nothing unknown with it', () => {
    const found = read({ autoApply: true, id: 9, parts: [{ ...part('alpha'), autoApply: true, extra: 1 }] });
    expect(found).toEqual({ kind: 'fix', fix: shared(part('alpha')), dropped: 0 });
  });
});

describe('what a host writes', () => {
  const mine = part('alpha', { successCount: 4 });
  const standing = { hostId: 'alpha', withdrawn: false, mine, words: shared(), known: null };
  const nothing = { kind: 'nothing' };

  it('is its own part, whatever stands there in its name', () => {
    const forged = part('alpha', { successCount: 1e9, updatedAt: LATEST_MS });
    const out = outgoingFix(standing, shared(forged, part('beta')), false, T0);
    expect(out).toEqual({
      kind: 'put',
      fix: shared({ ...mine, updatedAt: LATEST_MS }, part('beta')),
    });
    expect(outgoingFix(standing, shared(mine, part('beta')), false, T0 + 9)).toEqual(nothing);
    expect(outgoingFix(standing, shared({ ...mine, successCount: 3 }), false, T0 - 9)).toEqual({
      kind: 'put',
      fix: shared({ ...mine, updatedAt: T0 + 1 }),
    });
  });

  it('fills a lost bucket with what it remembers of others, and leaves alone what was erased', () => {
    const known = shared(part('beta'));
    const heard = { ...standing, mine: null, words: null, known };
    expect(outgoingFix(heard, null, false, T0)).toEqual({ kind: 'put', fix: known });
    expect(outgoingFix(heard, null, true, T0)).toEqual(nothing);
    expect(outgoingFix({ ...standing, known }, null, true, T0)).toEqual({ kind: 'put', fix: shared(mine) });
    expect(
      outgoingFix({ ...heard, known: shared(part('beta', { withdrawn: true })) }, null, false, T0),
    ).toEqual(nothing);
  });

  it('is taken back with a mark as long as others hold it, then erased', () => {
    const leaving = { ...standing, withdrawn: true, mine: null };
    const gone = part('alpha', { successCount: 0, withdrawn: true, updatedAt: T0 + 5 });
    const held = shared(mine, part('beta'));
    expect(outgoingFix(leaving, held, false, T0 + 5)).toEqual({
      kind: 'put',
      fix: shared(gone, part('beta')),
    });
    expect(outgoingFix(leaving, shared(gone, part('beta')), false, T0 + 9)).toEqual(nothing);
    expect(outgoingFix(leaving, shared(mine), false, T0)).toEqual({ kind: 'erase' });
    expect(outgoingFix(leaving, shared(part('beta')), false, T0)).toEqual(nothing);
  });

  it('leaves out the texts of other errors where they would be too much', () => {
    const alsoFor = Array.from({ length: 50 }, (_, at) => ({
      errorSignature: `e${at}`,
      sample: '\u20ac'.repeat(4000),
    }));
    const large = sharedFix({ ...shared(), alsoFor });
    expect(encodeSharedFix(large)).toBeNull();
    expect(outgoingFix({ ...standing, words: large }, null, false, T0)).toMatchObject({
      kind: 'put',
      fix: { alsoFor: { length: 50, 0: { errorSignature: 'e0', sample: '' } } },
    });
  });
});

describe('what leaves this host', () => {
  const record = (error: string, words: string) =>
    new FixPatternStore().recordFix(error, words, 'shop', T0, error);

  it('is masked once more, with the secrets this host keeps', () => {
    const pattern = { ...record('KeyError: "a"', 'Use hunter22secret'), sample: 'KeyError: "a"' };
    const unmasked = {
      ...pattern,
      fixDescription: 'Set the password hunter22secret',
      sample: 'hunter22secret',
    };
    const fix = shareable(unmasked, ['hunter22secret']);
    expect(fix).toMatchObject({ fixDescription: 'Set the password [secret]', sample: '' });
    expect(JSON.stringify(fix)).not.toContain('hunter22');
  });

  it('carries what a fix does, never the permission to do it', () => {
    const pattern = {
      ...record('KeyError: "a"', 'Restart'),
      safeAction: 'restart' as const,
      autoApply: true,
    };
    const said = partFrom(pattern, { hostId: 'alpha', name: 'Alpha' });
    expect(said).toEqual(part('alpha', { name: 'Alpha', safeAction: 'restart', updatedAt: 0 }));
    expect(JSON.stringify(shareable(pattern, []))).not.toContain('autoApply');
  });

  it('is nothing where there is nothing to recognise it by', () => {
    expect(shareable({ ...record('KeyError: "a"', 'x'), errorSignature: '<num>' }, [])).toBeNull();
  });

  it('is the same fix for the same words, and another for any other', () => {
    const one = shared();
    const other = (change: Partial<SharedFix>) => identityOf({ ...one, ...change });
    expect(identityOf(withPart(one, 'alpha', part('alpha')))).toBe(identityOf(one));
    const all = [
      identityOf(one),
      other({ skillId: 'shop' }),
      other({ fixDescription: 'Set b' }),
      other({ errorSignature: 'keyerror: "b"' }),
      other({ signatureVersion: 2 }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
