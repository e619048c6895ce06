import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Notice } from '../../shared/model/action.ts';
import { routeOfNotice } from '../../shared/model/notice-route.ts';
import { isFresh, type NoticeStrand, strandsOf } from '../state/notice-list.ts';
import { hrefOf } from './host-href.ts';
import classes from './notice-bell.module.css';
import { StateIcon } from './state-icon.tsx';
import { Time } from './time.tsx';

/** More than these are history, and the list of incidents has it. */
const SHOWN = 50;
const icons = { info: 'ok', warning: 'warn', error: 'bad' } as const;

/** Notices about the same trouble are one entry: its newest word, the earlier ones folded. */
export function NoticeBellList(props: { notices: readonly Notice[]; seen: number; onOpen: () => void }) {
  const { notices, onOpen, seen } = props;
  const strands = useMemo(() => strandsOf(notices).slice(0, SHOWN), [notices]);
  if (strands.length === 0)
    return <p className={classes.none}>Nothing yet. What needs you will be told here.</p>;
  return (
    <ul>
      {strands.map((strand) => (
        <Strand key={strand.newest.id} strand={strand} seen={seen} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function Strand({ strand, seen, onOpen }: { strand: NoticeStrand; seen: number; onOpen: () => void }) {
  const [open, setOpen] = useState(false);
  const { earlier, newest } = strand;
  const fresh = [newest, ...earlier].some((notice) => isFresh(notice, seen));
  return (
    <li className={classes.line} data-fresh={fresh || undefined}>
      <StateIcon state={icons[newest.level]} size={14} />
      <div className={classes.words}>
        <Words notice={newest} onOpen={onOpen} />
        {earlier.length > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            className={classes.fold ?? ''}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide the earlier ones' : `${earlier.length} earlier`}
          </Button>
        )}
        {open && (
          <ul className={classes.earlier}>
            {earlier.map((notice) => (
              <li key={notice.id}>
                <Words notice={notice} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Words({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const route = routeOfNotice(notice);
  return (
    <>
      {route === null ? (
        <b>{notice.title}</b>
      ) : (
        <a href={hrefOf(route)} onClick={onOpen}>
          {notice.title}
        </a>
      )}
      <p>{notice.body}</p>
      <span className={classes.when}>
        <Time at={notice.at} />
        {notice.silent === true && ' · not shown as a notification'}
      </span>
    </>
  );
}
