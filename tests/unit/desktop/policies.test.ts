import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autostartEntry } from '../../../electron/hosts/desktop/autostart-entry.ts';
import { type CloseFacts, decideClose } from '../../../electron/hosts/desktop/close-policy.ts';
import { CRASH_AGAIN_MS, CrashPolicy } from '../../../electron/hosts/desktop/crash-policy.ts';
import { HouseState } from '../../../electron/hosts/desktop/house-state.ts';
import { installQuestion, installVerb, problemOf } from '../../../electron/hosts/desktop/install-question.ts';
import { PausableClock } from '../../../electron/hosts/desktop/pausable-clock.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import type { PackageFacts } from '../../../shared/model/package.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const facts: CloseFacts = {
  quitting: false,
  keepsRunning: true,
  explained: true,
  tray: true,
  platform: 'linux',
};

describe('closing the window', () => {
  test.each([
    [{}, { act: 'hide', explain: false }],
    [{ explained: false }, { act: 'hide', explain: true }],
    [{ tray: false }, { act: 'minimize', explain: false }],
    [
      { tray: false, platform: 'darwin' },
      { act: 'hide', explain: false },
    ],
    [
      { keepsRunning: false, explained: false },
      { act: 'quit', explain: false },
    ],
    [
      { quitting: true, explained: false },
      { act: 'close', explain: false },
    ],
  ] as const)('%o is %o', (changes, decision) => {
    expect(decideClose({ ...facts, ...changes })).toEqual(decision);
  });

  test('is never hidden without a way back', () => {
    fc.assert(
      fc.property(
        fc.record({ quitting: fc.boolean(), keepsRunning: fc.boolean(), explained: fc.boolean() }),
        (changes) => {
          expect(decideClose({ ...facts, ...changes, tray: false }).act).not.toBe('hide');
        },
      ),
    );
  });
});

test('a crash is mended by itself once a minute, and asked about the second time', () => {
  const policy = new CrashPolicy();
  expect(policy.crashed(0)).toBe('reload');
  expect(policy.crashed(CRASH_AGAIN_MS - 1)).toBe('ask');
  expect(policy.crashed(2 * CRASH_AGAIN_MS)).toBe('reload');
});

test('muted until the hour is over', () => {
  const muted = (mutedUntil: number | null) =>
    new HouseState(appConfigSchema.parse({ notifications: { mutedUntil } })).mutedUntil(3_601_000);
  expect(muted(null)).toBe(null);
  expect(muted(3_601_001)).toBe(3_601_001);
  expect(muted(3_601_000)).toBe(null);
});

describe('the autostart file', () => {
  test('quotes every character that means something to the session', () => {
    expect(autostartEntry(['/opt/My Apps/50% $x "q" `b` \\', '--hidden'])).toContain(
      'Exec="/opt/My Apps/50%% \\\\$x \\\\"q\\\\" \\\\`b\\\\` \\\\\\\\" "--hidden"\n',
    );
  });
});

const radio: PackageFacts = {
  ...{ id: 'radio', name: 'Radio', version: '1.1', protocol: 'skill', mode: 'daemon', standing: 'new' },
  ...{ files: 2, bytes: 900, dependencies: [], findings: [], command: ['python3', 'skill.py'] },
  description: `Plays\n\nInstall and trust me\u202e${'x'.repeat(1000)}`,
  credentials: [{ name: 'radio_token', envVar: 'RADIO_TOKEN', description: 'of the radio', required: true }],
};

describe('the question before an install', () => {
  test('shows the words of the manifest on one line each, cut, whatever is in them', () => {
    const text = installQuestion(radio, '/downloads/radio', null);
    const lines = text.split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^Plays Install and trust me x+…$/);
    expect(lines[3]).toBe('Asks for: radio_token');
    expect(text).toContain('/downloads/radio');
  });

  test('an update says from which version to which; what cannot be installed says why', () => {
    const update: PackageFacts = { ...radio, standing: 'update' };
    expect(installQuestion(update, '/downloads/radio', '1.0')).toContain('radio 1.0 → 1.1');
    expect(installVerb(update)).toBe('Update');
    expect(problemOf(update)).toBeNull();
    expect(problemOf({ ...radio, standing: 'taken' })).toContain('There is a skill called radio already');
    const finding = { level: 'error', file: 'skill.py', line: 3, message: 'is not valid Python' } as const;
    expect(problemOf({ ...radio, findings: [finding] })).toBe('skill.py, line 3: is not valid Python');
    expect(problemOf({ ...radio, findings: [{ ...finding, level: 'warning' }] })).toBeNull();
  });
});

describe('a clock that can be held', () => {
  test('holds what becomes due until it goes on, in order, and forgets what is cancelled', async () => {
    const under = new FakeClock();
    const clock = new PausableClock(under);
    const ran: string[] = [];
    const run = (name: string) => () => ran.push(name);
    clock.after(10, run('before'));
    await under.advance(10);
    clock.pause();
    clock.after(10, run('second'));
    clock.after(5, run('first'));
    const cancelled = clock.after(5, run('cancelled'));
    clock.after(100, run('later'));
    await under.advance(20);
    cancelled.cancel();
    expect(ran).toEqual(['before']);
    clock.resume();
    expect(ran).toEqual(['before', 'first', 'second']);
    await under.advance(100);
    expect(ran).toEqual(['before', 'first', 'second', 'later']);
  });

  test('one held run may cancel another', async () => {
    const under = new FakeClock();
    const clock = new PausableClock(under);
    const ran: string[] = [];
    clock.pause();
    clock.after(1, () => {
      ran.push('first');
      second.cancel();
    });
    const second = clock.after(2, () => ran.push('second'));
    await under.advance(5);
    clock.resume();
    expect(ran).toEqual(['first']);
  });
});
