import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signatureParts } from '../../../electron/core/fixes/markup.ts';
import { normalizeError } from '../../../electron/core/fixes/normalize.ts';
import {
  countedWhere,
  fixRecord,
  joinFixText,
  learntOn,
  splitFixText,
  summariseFixes,
  workedInWords,
} from '../../../renderer/components/fix-text.ts';
import { hasOwnWords, partsOfSignature } from '../../../renderer/components/signature-text-parts.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';

const corpus = new URL('../../support/corpus/python-errors.jsonl', import.meta.url);
const corpusLine = z.object({ text: z.string() });

const pattern = (successCount: number, failureCount: number): FixPattern => ({
  id: 1,
  errorSignature: 'oserror: <errno:28> no space left on device',
  fixDescription: 'Free space',
  successCount,
  failureCount,
  createdAt: 0,
  updatedAt: 0,
  lastUsedAt: null,
  sample: '',
  signatureVersion: 1,
});

describe('title and details', () => {
  it('become first line and rest', () => {
    expect(joinFixText({ title: ' Free space ', details: ' rm -r cache\r\nrestart \n' })).toBe(
      'Free space\nrm -r cache\nrestart',
    );
    expect(joinFixText({ title: 'Free space', details: '  \n' })).toBe('Free space');
    expect(joinFixText({ title: 'Free\nspace', details: '' })).toBe('Free space');
  });

  it('come apart the way they went together', () => {
    const words = fc.stringMatching(/^[a-z0-9 .,'-]{1,60}$/).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 4 }), (title, lines) => {
        const details = lines.map((line) => line.trim()).join('\n');
        const expected = { title: title.trim(), details };
        expect(splitFixText(joinFixText({ title, details }))).toEqual(expected);
      }),
    );
  });

  it('a one-line description is all title', () => {
    expect(splitFixText('restarted it')).toEqual({ title: 'restarted it', details: '' });
  });
});

describe('a fix of other hosts', () => {
  const elsewhere = { hosts: 2, successCount: 5, failureCount: 1 };
  const learnt = { ...pattern(1, 0), origin: { hostId: 'b', name: 'Bravo' }, elsewhere };

  it('names its host, and is counted on all hosts together', () => {
    expect([learntOn(learnt), learntOn(pattern(1, 0))]).toEqual(['learnt on Bravo', null]);
    expect(fixRecord(learnt)).toEqual({ tries: 7, worked: 6, share: 6 / 7 });
    expect(workedInWords(learnt)).toBe('worked 6 of 7 times');
    expect(summariseFixes([learnt, pattern(0, 1)])).toEqual({ count: 2, share: 6 / 8 });
  });

  it('tells apart what was counted where', () => {
    expect(countedWhere(learnt)).toBe('here: worked once; on 2 other hosts: worked 5 of 6 times');
    expect(countedWhere(pattern(1, 0))).toBeNull();
  });
});

describe('how often a fix worked', () => {
  it('is never a share of nothing', () => {
    expect(fixRecord(pattern(0, 0))).toEqual({ tries: 0, worked: 0, share: null });
    expect(summariseFixes([])).toEqual({ count: 0, share: null });
    expect(summariseFixes([pattern(0, 0), pattern(3, 1)])).toEqual({ count: 2, share: 0.75 });
  });

  it.each([
    [0, 0, 'not tried yet'],
    [1, 0, 'worked once'],
    [0, 1, 'did not help the one time it was tried'],
    [4, 0, 'worked all 4 times'],
    [0, 3, 'did not help in 3 tries'],
    [7, 2, 'worked 7 of 9 times'],
  ])('%d of them good, %d not: %s', (good, bad, words) => {
    expect(workedInWords(pattern(good, bad))).toBe(words);
  });
});

describe('the parts of a signature', () => {
  it('mark what varies and keep the words', () => {
    const parts = partsOfSignature('httpx.connecterror: <errno:-2> at <path>');
    expect(parts.map(({ text }) => text)).toEqual(['httpx.connecterror: ', '<errno:-2>', ' at ', '<path>']);
    expect(parts.flatMap((part) => (part.kind === 'token' ? [[part.label, part.isCode]] : []))).toEqual([
      ['errno -2', true],
      ['path', false],
    ]);
  });

  it('leave alone what only looks like a token', () => {
    for (const text of [
      'a < b > c',
      '<Not A Token>',
      '<>',
      'f.<locals>.g',
      '<module>',
      '<http>',
      '<path:x>',
    ]) {
      expect(partsOfSignature(text).map(({ kind }) => kind)).toEqual(['text']);
    }
  });

  it('put together again give the signature', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<path>', '<http:401>', '<', '>', '<num>', '<a:>', '<:b>'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const signature = pieces.join('');
        expect(
          partsOfSignature(signature)
            .map(({ text }) => text)
            .join(''),
        ).toBe(signature);
      }),
    );
  });

  it('are the ones the host means, over real errors', () => {
    const shape = ({ kind, text }: { kind: string; text: string }) => `${kind} ${text}`;
    let tokens = 0;
    for (const line of readFileSync(corpus, 'utf8').split('\n').filter(Boolean)) {
      const { text } = corpusLine.parse(JSON.parse(line));
      const signature = normalizeError(text);
      const ours = partsOfSignature(signature);
      expect(ours.map(shape)).toEqual(signatureParts(signature).map(shape));
      tokens += ours.filter(({ kind }) => kind === 'token').length;
    }
    expect(tokens).toBeGreaterThan(300);
  });

  it('know when nothing but placeholders is left', () => {
    expect(hasOwnWords('<num> <path>: ')).toBe(false);
    expect(hasOwnWords('<http:401>')).toBe(true);
    expect(hasOwnWords('keyerror: <num>')).toBe(true);
    expect(hasOwnWords('')).toBe(false);
  });
});
