import type { Notice } from '../../../shared/model/action.ts';
import { routeOfNotice } from '../../../shared/model/notice-route.ts';
import { NoticeStack } from '../../../shared/model/notice-stack.ts';

/** Kept so that a click still finds its listener; older ones have long left the screen. */
const MAX_KEPT = 50;

/** What the system is asked to show. */
export interface NativeNotice {
  /** On macOS and Windows a notice with the same tag takes the place of the one before. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Shown without a noise. */
  readonly quiet: boolean;
  /** The page of the dashboard a click opens. */
  readonly route: string;
  /** The skill it is about, when it is about one. */
  readonly skillId: string | null;
}

export interface Shown {
  close(): void;
}

/** Native notices as they come and go. Knows nothing of Electron: `show` puts one up. */
export class NoticeWindow {
  readonly #show: (native: NativeNotice, notice: Notice) => Shown;
  readonly #stack = new NoticeStack(MAX_KEPT);
  readonly #shown = new Map<string, Shown>();

  constructor(show: (native: NativeNotice, notice: Notice) => Shown) {
    this.#show = show;
  }

  put(notice: Notice): void {
    const placed = this.#stack.put(notice);
    if (placed === null) return;
    for (const key of [placed.key, ...placed.closed]) {
      this.#shown.get(key)?.close();
      this.#shown.delete(key);
    }
    const native: NativeNotice = {
      tag: `skillward-${placed.key}`,
      title: oneLine(notice.title),
      body: oneLine(notice.body),
      // Brought up to date is not news, and neither is good news worth a noise.
      quiet: notice.level === 'info' || placed.updated,
      route: `#${routeOfNotice(notice) ?? '/'}`,
      skillId: notice.skillId,
    };
    this.#shown.set(placed.key, this.#show(native, notice));
  }
}

/** The words of a skill may be in it: no control characters, no novel. Some systems read markup, so that is taken apart. */
function oneLine(text: string): string {
  const plain = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}
