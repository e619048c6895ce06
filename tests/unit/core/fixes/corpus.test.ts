import { describe, expect, it } from 'vitest';
import { corpusTexts, rewordedTexts, wildTexts } from '../../../support/corpus/corpus.ts';
import { grouping, replay, rewording } from '../../../support/corpus/metrics.ts';

// Hundreds of texts against hundreds of patterns; a busy machine needs its time.
describe('the development corpus', { timeout: 30_000 }, () => {
  it('is grouped as people grouped it', () => {
    const figures = grouping(corpusTexts());
    expect(figures.f1).toBeGreaterThanOrEqual(0.98);
    expect(figures.fga).toBeGreaterThanOrEqual(0.95);
    expect(figures.familyPairs).toBeGreaterThan(100);
    expect(figures.mergedFamilyPairs).toBe(0);
  });

  it('replayed through the store, known errors find their fix and unknown ones find none', () => {
    const figures = replay(corpusTexts());
    expect(figures.known).toBeGreaterThan(250);
    expect(figures.right).toBeGreaterThanOrEqual(0.98);
    expect(figures.wrong).toBeLessThanOrEqual(0.002);
    expect(figures.falseHits).toBeLessThanOrEqual(0.005);
  });

  it('in other words is mostly recognised and never mistaken', () => {
    const figures = rewording(corpusTexts(), rewordedTexts());
    expect(figures.right).toBeGreaterThanOrEqual(0.65);
    expect(figures.wrong).toBeLessThanOrEqual(0.03);
  });
});

describe('texts of other libraries', { timeout: 30_000 }, () => {
  it('are grouped, and look-alikes stay apart', () => {
    const figures = grouping(wildTexts());
    expect(figures.f1).toBeGreaterThanOrEqual(0.93);
    expect(figures.precision).toBeGreaterThanOrEqual(0.99);
    expect(figures.mergedFamilyPairs).toBe(0);
  });

  it('find their fix', () => {
    const figures = replay(wildTexts());
    expect(figures.right).toBeGreaterThanOrEqual(0.93);
    expect(figures.wrong).toBeLessThanOrEqual(0.002);
    expect(figures.falseHits).toBeLessThanOrEqual(0.005);
  });
});
