import type { HostNotice } from '../../shared/model/runtime.ts';
import type { EventHub } from './event-hub.ts';

const MAX_NOTICES = 50;

/** What people should know about the host itself: bounded, each told when it comes. */
export class NoticeBoard {
  readonly #notices: HostNotice[] = [];
  readonly #hub: EventHub;
  readonly #nowMs: () => number;

  constructor(hub: EventHub, nowMs: () => number) {
    this.#hub = hub;
    this.#nowMs = nowMs;
  }

  put(notice: HostNotice): void {
    this.#notices.push(notice);
    if (this.#notices.length > MAX_NOTICES) this.#notices.shift();
    this.#hub.publish('host.notice', { notice });
  }

  /** Puts up a notice as of now. */
  say(level: HostNotice['level'], code: string, message: string): void {
    this.put({ at: this.#nowMs(), level, code, message });
  }

  list(): HostNotice[] {
    return [...this.#notices];
  }
}
