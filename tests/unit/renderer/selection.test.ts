import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extended,
  nothingSelected,
  type Selection,
  toggled,
  within,
} from '../../../renderer/state/selection.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: Selection) => [...selection.ids].sort();

describe('a selection', () => {
  it('toggles one, and goes from it to another', () => {
    const one = toggled(nothingSelected, 'b');
    expect(ids(one)).toEqual(['b']);
    expect(ids(extended(one, shown, 'd'))).toEqual(['b', 'c', 'd']);
    expect(ids(extended(one, shown, 'a'))).toEqual(['a', 'b']);
    expect(ids(toggled(one, 'b'))).toEqual([]);
  });

  it('keeps its anchor while a range is drawn out and back', () => {
    const range = extended(extended(toggled(nothingSelected, 'c'), shown, 'd'), shown, 'a');
    expect(range.anchor).toBe('c');
    expect(ids(range)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('never holds what is not shown, and is the same object while nothing falls out', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('toggle' as const), id: fc.constantFrom(...shown) }),
      fc.record({ kind: fc.constant('extend' as const), id: fc.constantFrom(...shown) }),
    );
    fc.assert(
      fc.property(fc.array(step), fc.subarray(shown), (steps, visible) => {
        const all = steps.reduce<Selection>(
          (now, { kind, id }) => (kind === 'toggle' ? toggled(now, id) : extended(now, shown, id)),
          nothingSelected,
        );
        const left = within(all, visible);
        for (const id of left.ids) expect(visible).toContain(id);
        expect(left.anchor === null || visible.includes(left.anchor) || left === all).toBe(true);
        expect(within(left, visible)).toBe(left);
      }),
    );
  });
});
