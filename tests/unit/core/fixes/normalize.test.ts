import { describe, expect, it } from 'vitest';
import { normalizeError, SIGNATURE_VERSION } from '../../../../electron/core/fixes/normalize.ts';

describe('the contract of the first version', () => {
  it('drops a time stamp and keeps the words', () => {
    const signature = normalizeError('Error at 2026-01-15T12:34:56Z: connection failed');
    expect(signature).toContain('connection failed');
    expect(signature).not.toContain('2026');
  });

  it('drops a path and keeps the words before it', () => {
    const signature = normalizeError('failed to read /home/user/.x/skills/my-skill/skill.py');
    expect(signature).toContain('failed to read');
    expect(signature).not.toContain('/home');
  });

  it('drops a UUID and keeps the words around it', () => {
    expect(normalizeError('session 550e8400-e29b-41d4-a716-446655440000 has expired')).toBe(
      'session <uuid> has expired',
    );
  });

  it('drops ports and ids', () => {
    const signature = normalizeError('error on port 8080 with id 123456');
    expect(signature).not.toMatch(/8080|123456/);
  });

  it('collapses white space', () => {
    expect(normalizeError('  error    in    module  ')).toBe('error in module');
  });

  it('comes out in lower case', () => {
    expect(normalizeError('ConnectionRefused: HOST unreachable')).toBe('connectionrefused: host unreachable');
  });

  it('is the same for errors that differ only in time stamp and path', () => {
    const at = (time: string, path: string): string =>
      normalizeError(`${time} cannot open ${path}: no space left`);
    expect(at('2026-01-15T12:34:56Z', '/home/a/x.db')).toBe(
      at('2025-11-02T00:00:01.250+02:00', '/var/lib/y/z.db'),
    );
  });
});

describe('one error in many shapes', () => {
  const error = "KeyError: 'access_token'";
  const traceback = `Traceback (most recent call last):\n  File "/app/skill.py", line 7, in <module>\n    main()\n    ^^^^^^\n${error}`;
  const prefixed = (prefix: string): string =>
    traceback
      .split('\n')
      .map((line) => prefix + line)
      .join('\n');

  it.each([
    ['a line', error],
    ['a log line', `2020-06-01 18:04:43,320 ERROR [weights] ${error}`],
    ['a log line of another format', `[2020-06-01 18:04:43][bot.operations][ERROR] ${error}`],
    ['a traceback', traceback],
    ['a coloured traceback', `\u001b[31m${traceback}\u001b[0m\n`],
    ['a traceback with Windows line ends', traceback.replaceAll('\n', '\r\n')],
    ['a traceback in a container log', prefixed('skill_1  | ')],
    ['a traceback in the system log', prefixed('Nov 23 10:00:01 pi skill[331]: ')],
    ['a traceback in JSON', JSON.stringify({ level: 'error', exc: `${traceback}\n` })],
    [
      'a traceback that is followed by another record',
      `${traceback}\n2020-06-01 18:04:44,000 INFO retrying in 5 s`,
    ],
  ])('%s', (_, text) => {
    expect(normalizeError(text)).toBe("keyerror: 'access_token'");
  });
});

describe('log prefixes', () => {
  it.each([
    '2026-01-15 12:34:56,001 ERROR app.db: connection lost',
    '2026-01-15T12:34:56Z [error] connection lost'.replace('error', 'ERROR'),
    'ERROR:root:connection lost',
    '[2026-01-15 12:34:56 +0200] [20] [ERROR] connection lost',
    'Jan 15 12:34:56 pi skill[12]: connection lost',
    'E0115 12:34:56.000123    99 net.cc:22] connection lost',
  ])('are no part of the error: %s', (line) => {
    expect(normalizeError(line)).toBe(normalizeError('connection lost'));
  });

  it('are kept when nothing else is said', () => {
    expect(normalizeError('2026-01-15 12:34:56')).toBe('<time>');
  });

  it('do not take a database code for a message', () => {
    expect(normalizeError("ERROR 1045 (28000): Access denied for user 'a'@'b'")).toBe(
      'error <db:1045> (<sqlstate:28000>): access denied for user <user>',
    );
  });
});

describe('bounds', () => {
  it('gives at most a thousand characters', () => {
    expect(normalizeError('word '.repeat(5000)).length).toBeLessThanOrEqual(1000);
  });

  it('reads the end of a text that is too long', () => {
    const noise = 'loading module\n'.repeat(4000);
    expect(
      normalizeError(
        `${noise}Traceback (most recent call last):\n  File "/a.py", line 1, in f\nKeyError: 'x'`,
      ),
    ).toBe("keyerror: 'x'");
  });

  it('takes an unbroken run for one thing', () => {
    expect(normalizeError(`cannot decode ${'QUJD'.repeat(200)}`)).toBe('cannot decode <blob>');
  });

  it('gives well-formed text for half a character', () => {
    expect(normalizeError('broken \ud83d end').isWellFormed()).toBe(true);
  });

  it('has a version that stored patterns can be compared with', () => {
    expect(SIGNATURE_VERSION).toBeGreaterThanOrEqual(1);
  });
});
