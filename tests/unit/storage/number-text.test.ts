import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberReader, numberToText } from '../../../electron/storage/history/number-text.ts';

it('reads back every list of numbers, to the end and not beyond', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
      const text = numbers.map(numberToText).join('');
      expect(text).toMatch(/^[0-o]*$/);
      const reader = new NumberReader(text);
      expect(numbers.map(() => reader.next())).toEqual(numbers);
      expect(reader.atEnd).toBe(true);
      expect(reader.next()).toBe(0);
    }),
  );
});
