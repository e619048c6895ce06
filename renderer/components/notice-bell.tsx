import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useHost } from '../state/host-store.ts';
import { freshNotices } from '../state/notice-list.ts';
import { markNoticesSeen, useSeenNotice } from '../state/seen-notices.ts';
import { useTicking } from '../state/ticker.ts';
import { OwnerOnly } from './fleet/locked.tsx';
import classes from './notice-bell.module.css';
import { NoticeBellList } from './notice-bell-list.tsx';
import { NoticeMute } from './notice-mute.tsx';

/** Everything the host had to say, newest first; the number counts what was told and not looked at. */
export function NoticeBell() {
  const notices = useHost((state) => state.notices);
  const mutedUntil = useHost((state) => state.settings?.notifications.mutedUntil ?? null);
  const muted = useTicking((now) => mutedUntil !== null && mutedUntil > now);
  const seen = useSeenNotice();
  const [open, setOpen] = useState(false);
  const fresh = useMemo(() => freshNotices(notices, seen).length, [notices, seen]);
  function change(next: boolean): void {
    setOpen(next);
    if (!next) markNoticesSeen(notices);
  }
  const name = `Notices${fresh === 0 ? '' : `, ${fresh} new`}${muted ? ', muted' : ''}`;
  return (
    <Popover
      opened={open}
      onChange={change}
      position="bottom-end"
      width={400}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton className={classes.bell} aria-label={name} onClick={() => change(!open)}>
          {muted ? (
            <IconBellOff size={17} stroke={1.7} aria-hidden="true" />
          ) : (
            <IconBell size={17} stroke={1.7} aria-hidden="true" />
          )}
          {fresh > 0 && <span className={classes.count}>{fresh > 99 ? '99+' : fresh}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.list} aria-label="Notices">
        <div className={classes.head}>
          <h2 className={classes.title}>Notices</h2>
          <Button
            variant="subtle"
            size="compact-xs"
            // Not `disabled`: that would take the keyboard away from who has just pressed it.
            aria-disabled={fresh === 0}
            data-disabled={fresh === 0}
            onClick={() => markNoticesSeen(notices)}
          >
            Mark all read
          </Button>
        </div>
        <OwnerOnly>
          <NoticeMute mutedUntil={muted ? mutedUntil : null} />
        </OwnerOnly>
        <NoticeBellList notices={notices} seen={seen} onOpen={() => change(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
