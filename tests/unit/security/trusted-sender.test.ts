import fc from 'fast-check';
import { expect, test } from 'vitest';
import { APP_ORIGIN } from '../../../electron/security/app-url.ts';
import { isTrustedSender } from '../../../electron/security/trusted-sender.ts';

const known = new Set([7]);
const frame = { origin: APP_ORIGIN, parent: null };

test('only a window of ours, at our origin, in its main frame is heard (checklist item 17)', () => {
  const heard = (sender: number, senderFrame: { origin: string; parent: unknown } | null) =>
    isTrustedSender({ sender: { id: sender }, senderFrame }, known, APP_ORIGIN);
  expect(heard(7, frame)).toBe(true);
  expect(heard(8, frame)).toBe(false);
  expect(heard(7, null)).toBe(false);
  expect(heard(7, { ...frame, parent: {} })).toBe(false);
  for (const origin of [
    'null',
    '',
    'https://evil.example',
    `${APP_ORIGIN}.evil.example`,
    `${APP_ORIGIN}/`,
    'file://',
  ])
    expect(heard(7, { ...frame, origin })).toBe(false);
});

test('every fact has to be right', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.constantFrom(null, {}), (id, origin, parent) => {
      const right = id === 7 && origin === APP_ORIGIN && parent === null;
      expect(isTrustedSender({ sender: { id }, senderFrame: { origin, parent } }, known, APP_ORIGIN)).toBe(
        right,
      );
    }),
  );
});
