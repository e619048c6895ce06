import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { Notice } from '../../shared/model/action.ts';
import { routeOfNotice } from '../../shared/model/notice-route.ts';
import { NoticeStack } from '../../shared/model/notice-stack.ts';
import { currentBridge } from '../bridge/current.ts';
import { hrefOf } from './host-href.ts';

const colors = { info: 'ward', warning: 'yellow', error: 'red' } as const;
/** So many at once; the bell has them all. */
const MOST = 3;
/** Good news and warnings leave by themselves, ms; errors stay until somebody sends them away. */
const INFO_MS = 6000;
const WARNING_MS = 15_000;

/** Shows what the host wants a person to hear, where no desktop does it natively. All of it is in the bell's list too. */
export function NoticeToasts() {
  useEffect(() => {
    const bridge = currentBridge();
    if (bridge.hostKind === 'desktop') return;
    const stack = new NoticeStack(MOST);
    return bridge.onEvents((batch) => {
      for (const event of batch) {
        if (event.event === 'notification') show(stack, event.payload.notice);
      }
    });
  }, []);
  return null;
}

function show(stack: NoticeStack, notice: Notice): void {
  const placed = stack.put(notice);
  if (placed === null) return;
  for (const key of placed.closed) notifications.hide(idOf(key));
  const id = idOf(placed.key);
  const toast = {
    id,
    title: notice.title,
    message: <Body notice={notice} onOpen={() => notifications.hide(id)} />,
    color: colors[notice.level],
    autoClose: notice.level === 'error' ? (false as const) : notice.level === 'info' ? INFO_MS : WARNING_MS,
    onClose: () => stack.gone(notice),
  };
  if (placed.updated) notifications.update(toast);
  else {
    notifications.hide(id);
    notifications.show(toast);
  }
}

function idOf(key: string): string {
  return `notice:${key}`;
}

function Body({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const route = routeOfNotice(notice);
  return (
    <>
      {notice.body}{' '}
      {route !== null && (
        // Toasts stand outside the router: a plain link does, for the address is all there is to a page.
        <Anchor size="sm" underline="always" href={hrefOf(route)} onClick={onOpen}>
          Open
        </Anchor>
      )}
    </>
  );
}
