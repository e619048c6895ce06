import { Notification } from 'electron';
import type { Notice } from '../../../shared/model/action.ts';
import type { EventHub } from '../../runtime/event-hub.ts';
import { NoticeWindow } from './notice-window.ts';
import type { DesktopOrder } from './order.ts';

export interface NotificationPorts {
  readonly hub: EventHub;
  carryOut(order: DesktopOrder): void;
  /** Called when the system shows no notification: the dashboard's bell list has it, the window asks for a look. */
  fallback(notice: Notice): void;
}

/**
 * Shows what the host wants a person to hear. Clicking it opens what it is about: the one thing that works on every
 * platform (Linux has no buttons). Where there are buttons, one checks again; none does what cannot be undone.
 */
export function showNativeNotifications({ hub, carryOut, fallback }: NotificationPorts): void {
  const window = new NoticeWindow(({ tag, title, body, quiet, route, skillId }, notice) => {
    if (!Notification.isSupported()) {
      fallback(notice);
      return { close: () => undefined };
    }
    const notification = new Notification({
      title,
      body,
      id: tag,
      silent: quiet,
      ...(skillId === null || process.platform === 'linux'
        ? {}
        : { actions: [{ type: 'button' as const, text: 'Check now' }] }),
    });
    notification.on('click', () => carryOut({ kind: 'go', route }));
    notification.on('action', () => {
      if (skillId !== null) carryOut({ kind: 'skill', command: 'skill.health.check', skillId });
    });
    notification.on('failed', () => fallback(notice));
    notification.show();
    return { close: () => notification.close() };
  });
  hub.subscribe((batch) => {
    for (const event of batch) {
      if (event.event === 'notification') window.put(event.payload.notice);
    }
  });
}
