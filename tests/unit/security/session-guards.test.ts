import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { guardSession } from '../../../electron/security/session-guards.ts';

type Ask = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type Check = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type Before = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;

/** A session that only remembers what it was told. */
class RecordingSession extends EventEmitter {
  ask: Ask | null = null;
  check: Check | null = null;
  device: ((details: object) => boolean) | null = null;
  before: Before | null = null;
  spelling = true;
  readonly webRequest = {
    onBeforeRequest: (handler: Before) => {
      this.before = handler;
    },
  };
  setPermissionRequestHandler(handler: Ask) {
    this.ask = handler;
  }
  setPermissionCheckHandler(handler: Check) {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: (details: object) => boolean) {
    this.device = handler;
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spelling = enabled;
  }
}

function guarded(): RecordingSession {
  const session = new RecordingSession();
  guardSession(session as unknown as Session);
  return session;
}

const ours = { getURL: () => 'skillward-app://dashboard/#/skill/a' } as WebContents;
const foreign = { getURL: () => 'https://evil.example/' } as WebContents;
const every = [
  'clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'usb',
  'window-management',
  'unknown',
];

function asks(
  session: RecordingSession,
  contents: WebContents | null,
  permission: string,
  isMainFrame = true,
) {
  let granted: boolean | null = null;
  session.ask?.(
    contents,
    permission,
    (answer) => {
      granted = answer;
    },
    { isMainFrame },
  );
  const checked = session.check?.(
    contents,
    permission,
    `${contents?.getURL().split('/').slice(0, 3).join('/')}/`,
    { isMainFrame },
  );
  return { granted, checked };
}

describe('permissions (checklist item 5)', () => {
  test.each(every)('%s is denied, asked or checked', (permission) => {
    expect(asks(guarded(), ours, permission)).toEqual({ granted: false, checked: false });
  });

  test('text may be put on the clipboard by the main frame of our page alone', () => {
    const session = guarded();
    expect(asks(session, ours, 'clipboard-sanitized-write')).toEqual({ granted: true, checked: true });
    expect(asks(session, ours, 'clipboard-sanitized-write', false)).toEqual({
      granted: false,
      checked: false,
    });
    expect(asks(session, foreign, 'clipboard-sanitized-write')).toEqual({ granted: false, checked: false });
    expect(asks(session, null, 'clipboard-sanitized-write')).toEqual({ granted: false, checked: false });
  });

  test('no device is handed out', () => {
    expect(guarded().device?.({ deviceType: 'usb' })).toBe(false);
  });
});

describe('requests (checklist items 1 and 8)', () => {
  test.each([
    ['skillward-app://dashboard/index.html', false],
    ['skillward-app://dashboard/assets/a.js?x=1', false],
    ['blob:skillward-app://dashboard/0b6f', false],
    ['devtools://devtools/bundled/x.html', false],
    ['skillward-app://other/index.html', true],
    ['skillward-app://dashboard.evil.example/', true],
    ['skillward-app://dashboard@evil.example/', true],
    ['skillward-app://user@dashboard/', true],
    ['https://evil.example/', true],
    ['http://127.0.0.1:7420/', true],
    ['ws://127.0.0.1:7420/ws', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    ['blob:https://evil.example/0b6f', true],
    ['not an address', true],
  ])('%s: cancelled %s', (url, cancelled) => {
    let answer: boolean | null = null;
    guarded().before?.({ url }, ({ cancel }) => {
      answer = cancel;
    });
    expect(answer).toBe(cancelled);
  });
});

describe('downloads', () => {
  test.each([
    ['blob:skillward-app://dashboard/0b6f', false],
    ['https://evil.example/x.exe', true],
    ['skillward-app://dashboard/index.html', true],
    ['blob:skillward-app://dashboard.evil.example/0b6f', true],
  ])('%s: prevented %s', (url, prevented) => {
    let seen = false;
    guarded().emit('will-download', { preventDefault: () => (seen = true) }, { getURL: () => url });
    expect(seen).toBe(prevented);
  });
});
