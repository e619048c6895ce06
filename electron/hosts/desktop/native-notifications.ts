import { Notification } from 'electron';
import type { Notice } from '../../../shared/model/action.ts';
import type { EventHub } from '../../runtime/event-hub.ts';
import type { DesktopOrder } from './order.ts';
import { skillRoute } from './skill-orders.ts';

/** Kept so that a click still finds its listener; older ones have long left the screen. */
const MAX_KEPT = 50;

export interface NotificationPorts {
  readonly hub: EventHub;
  carryOut(order: DesktopOrder): void;
  isMuted(): boolean;
  /** Called when the system shows no notification: the dashboard's bell list has it, the window asks for a look. */
  fallback(notice: Notice): void;
}

/**
 * Shows what the host wants a person to hear. Clicking it opens the skill: the one thing that works on every platform
 * (Linux has no buttons). Where there are buttons, one checks again; none does what cannot be undone.
 */
export function showNativeNotifications(ports: NotificationPorts): void {
  const kept = new Map<string, Notification>();
  ports.hub.subscribe((batch) => {
    for (const event of batch) {
      if (event.event !== 'notification' || ports.isMuted()) continue;
      const { notice } = event.payload;
      if (!Notification.isSupported()) {
        ports.fallback(notice);
        continue;
      }
      show(notice);
    }
  });

  function show(notice: Notice): void {
    const { title, body, skillId } = notice;
    // A newer word about the same skill takes the place of the older one instead of piling up.
    const key = skillId ?? `notice-${notice.id}`;
    kept.get(key)?.close();
    const notification = new Notification({
      title: oneLine(title),
      body: oneLine(body),
      id: `skillward-${key}`,
      silent: notice.level === 'info',
      ...(skillId === null || process.platform === 'linux'
        ? {}
        : { actions: [{ type: 'button' as const, text: 'Check now' }] }),
    });
    notification.on('click', () =>
      ports.carryOut(skillId === null ? { kind: 'show' } : { kind: 'go', route: skillRoute(skillId) }),
    );
    notification.on('action', () => {
      if (skillId !== null) ports.carryOut({ kind: 'skill', command: 'skill.health.check', skillId });
    });
    notification.on('failed', () => ports.fallback(notice));
    kept.delete(key);
    kept.set(key, notification);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    notification.show();
  }
}

/** The words of a skill may be in it: no control characters, no novel. Some systems read markup, so that is taken apart. */
export function oneLine(text: string): string {
  const plain = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}
