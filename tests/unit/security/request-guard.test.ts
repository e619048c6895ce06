import { describe, expect, it } from 'vitest';
import { refusalOf, tokensMatch } from '../../../electron/security/request-guard.ts';
import { isTrustedSender } from '../../../electron/security/trusted-sender.ts';

const ours = { host: '127.0.0.1:7420', origin: undefined, remoteAddress: '127.0.0.1' };

describe('refusalOf', () => {
  it('lets our own page and local programs pass', () => {
    expect(refusalOf(ours, 7420)).toBeNull();
    expect(refusalOf({ ...ours, origin: 'http://127.0.0.1:7420' }, 7420)).toBeNull();
    expect(refusalOf({ ...ours, host: 'localhost:7420', origin: 'http://localhost:7420' }, 7420)).toBeNull();
  });

  it.each([
    { ...ours, remoteAddress: '192.168.1.7' },
    { ...ours, remoteAddress: undefined },
    { ...ours, host: 'evil.example' },
    { ...ours, host: '127.0.0.1:7421' },
    { ...ours, host: 'evil.example:7420' },
    { ...ours, host: undefined },
    { ...ours, origin: 'http://evil.example' },
    { ...ours, origin: 'https://127.0.0.1:7420' },
    { ...ours, origin: 'http://127.0.0.1:7420.evil.example' },
    { ...ours, origin: 'null' },
  ])('refuses %j', (request) => {
    expect(refusalOf(request, 7420)).not.toBeNull();
  });
});

describe('tokensMatch', () => {
  it('takes the very token and nothing else', () => {
    expect(tokensMatch('abc', 'abc')).toBe(true);
    for (const wrong of ['', 'ab', 'abd', 'abcd', 'ABC']) expect(tokensMatch(wrong, 'abc')).toBe(false);
  });
});

describe('isTrustedSender (checklist item 17)', () => {
  const origin = 'skillward-app://dashboard';
  const event = { sender: { id: 1 }, senderFrame: { origin, parent: null } };

  it('hears our main frame', () => {
    expect(isTrustedSender(event, new Set([1]), origin)).toBe(true);
  });

  it.each([
    ['another webContents', { ...event, sender: { id: 2 } }],
    ['another origin', { ...event, senderFrame: { origin: 'https://evil.example', parent: null } }],
    ['a frame inside ours', { ...event, senderFrame: { origin, parent: {} } }],
    ['a frame that has gone', { ...event, senderFrame: null }],
  ])('does not hear %s', (_who, message) => {
    expect(isTrustedSender(message, new Set([1]), origin)).toBe(false);
  });
});
