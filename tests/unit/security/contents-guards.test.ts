import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { guardContents } from '../../../electron/security/contents-guards.ts';

class RecordingContents extends EventEmitter {
  open: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.open = handler;
  }
}

function guarded(): RecordingContents {
  const contents = new RecordingContents();
  guardContents(contents as unknown as WebContents);
  return contents;
}

describe('a page stays where it is', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is prevented, to our own address as well (checklist items 11, 12, 13)',
    (name) => {
      for (const url of ['https://evil.example/', 'skillward-app://dashboard/', 'about:blank']) {
        let prevented = false;
        guarded().emit(name, { url, isMainFrame: true, preventDefault: () => (prevented = true) }, url);
        expect(prevented).toBe(true);
      }
    },
  );

  test.each(['https://evil.example/', 'about:blank', 'mailto:a@b.example', 'skillward-app://dashboard/'])(
    'no window is opened for %s (checklist items 14 and 15)',
    (url) => {
      expect(guarded().open?.({ url })).toEqual({ action: 'deny' });
    },
  );
});
