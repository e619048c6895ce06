import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { Notice } from '../../shared/model/action.ts';
import { currentBridge } from '../bridge/current.ts';
import { createNoticeGroups } from '../state/notice-groups.ts';
import { plural } from './format.ts';

const colors = { info: 'ward', warning: 'yellow', error: 'red' } as const;

/** Shows what the host wants a person to hear, where no desktop does it natively. All of it is in the bell's list too. */
export function NoticeToasts() {
  useEffect(() => {
    const bridge = currentBridge();
    if (bridge.hostKind === 'desktop') return;
    const group = createNoticeGroups();
    return bridge.onEvents((batch) => {
      for (const event of batch) {
        if (event.event === 'notification') announce(group(event.payload.notice, Date.now()));
      }
    });
  }, []);
  return null;
}

function announce(announcement: ReturnType<ReturnType<typeof createNoticeGroups>>): void {
  if (announcement === null) return;
  if (announcement.kind === 'one') {
    const { notice } = announcement;
    show(`notice:${notice.skillId ?? notice.id}`, notice.title, notice.body, notice.level);
    return;
  }
  const title = plural(announcement.count, 'notice', 'notices');
  show('notices', title, 'The bell at the top has them all.', announcement.level);
}

function show(id: string, title: string, message: string, level: Notice['level']): void {
  notifications.hide(id);
  notifications.show({
    id,
    title,
    message,
    color: colors[level],
    autoClose: level === 'info' ? 6000 : false,
  });
}
