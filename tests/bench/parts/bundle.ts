import { bundleSizes } from '../../../scripts/lib/bundle-budget.mjs';
import type { Figure, Part } from '../lib/figures.ts';

/** What a build weighs, against `bundle-budget.json`, which also fails a build that is too heavy. */
export function measureBundle(): Part {
  const figures = bundleSizes().map(
    ({ name, kib, budgetKib }): Figure => ({
      name,
      value: kib,
      unit: 'KiB',
      target: `≤ ${budgetKib} KiB`,
      verdict: kib <= budgetKib ? 'met' : 'missed',
    }),
  );
  return {
    title: 'Bundle',
    about:
      'Sizes of the build, uncompressed as it lies on the disk; the first load also as gzip would send it.',
    figures,
  };
}
