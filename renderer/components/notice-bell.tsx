import { Popover, UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Notice } from '../../shared/model/action.ts';
import { useHost } from '../state/host-store.ts';
import { markNoticesSeen, useSeenNotice } from '../state/seen-notices.ts';
import classes from './notice-bell.module.css';
import { StateIcon } from './state-icon.tsx';
import { Time } from './time.tsx';

/** More than these are history, and the skill's page has it. */
const SHOWN = 50;
const icons = { info: 'ok', warning: 'warn', error: 'bad' } as const;

/** Everything the host wanted a person to hear, newest first; the number counts what has not been looked at. */
export function NoticeBell() {
  const notices = useHost((state) => state.notices);
  const seen = useSeenNotice();
  const [open, setOpen] = useState(false);
  const fresh = notices.filter((notice) => notice.id > seen).length;
  function change(next: boolean): void {
    setOpen(next);
    if (!next) markNoticesSeen(notices);
  }
  return (
    <Popover
      opened={open}
      onChange={change}
      position="bottom-end"
      width={360}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.bell}
          aria-label={fresh === 0 ? 'Notices' : `Notices, ${fresh} new`}
          onClick={() => change(!open)}
        >
          <IconBell size={17} stroke={1.7} aria-hidden="true" />
          {fresh > 0 && <span className={classes.count}>{fresh > 99 ? '99+' : fresh}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.list} aria-label="Notices">
        <h2 className={classes.title}>Notices</h2>
        {notices.length === 0 && (
          <p className={classes.none}>Nothing yet. What needs you will be told here.</p>
        )}
        <ul>
          {notices.slice(0, SHOWN).map((notice) => (
            <NoticeLine
              key={notice.id}
              notice={notice}
              fresh={notice.id > seen}
              onOpen={() => change(false)}
            />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function NoticeLine({ notice, fresh, onOpen }: { notice: Notice; fresh: boolean; onOpen: () => void }) {
  return (
    <li className={classes.line} data-fresh={fresh || undefined}>
      <StateIcon state={icons[notice.level]} size={14} />
      <div className={classes.words}>
        {notice.proposalId !== undefined ? (
          <Link to="/fixes" search={{ record: 1, proposal: notice.proposalId }} onClick={onOpen}>
            {notice.title}
          </Link>
        ) : notice.skillId === null ? (
          <b>{notice.title}</b>
        ) : (
          <Link to="/skill/$skillId" params={{ skillId: notice.skillId }} onClick={onOpen}>
            {notice.title}
          </Link>
        )}
        <p>{notice.body}</p>
        <span className={classes.when}>
          <Time at={notice.at} />
        </span>
      </div>
    </li>
  );
}
