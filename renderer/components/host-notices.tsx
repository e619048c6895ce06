import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import type { HostNotice } from '../../shared/model/runtime.ts';
import { useHost } from '../state/host-store.ts';
import { useRuntimeStatus } from '../state/queries.ts';
import classes from './host-notices.module.css';
import { hostNoticesNow } from './host-notices-now.ts';
import { StateIcon } from './state-icon.tsx';

const keyOf = (notice: HostNotice) => `${notice.code}:${notice.at}`;

/**
 * What is wrong with the host itself: a disk it cannot write, a file set aside. Stays until the person puts it away;
 * that nothing is kept cannot be put away while it is so.
 */
export function HostNotices() {
  const notices = useHost((state) => state.hostNotices);
  const atStart = useHost((state) => state.host?.storage.mode);
  const { data } = useRuntimeStatus();
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const now = hostNoticesNow(notices, data?.storage.mode ?? atStart ?? 'disk');
  const shown = now.filter(({ notice, lasting }) => lasting || !away.has(keyOf(notice)));
  if (shown.length === 0) return null;
  return (
    <section aria-label="About the host" className={classes.list}>
      {shown.map(({ notice, lasting }) => (
        <div key={keyOf(notice)} className={classes.notice} data-level={notice.level}>
          <StateIcon state={notice.level === 'error' ? 'bad' : 'warn'} size={16} />
          <span className={classes.text}>{notice.message}</span>
          {!lasting && (
            <CloseButton
              size="sm"
              aria-label="Put this away"
              onClick={() => setAway((before) => new Set([...before, keyOf(notice)]))}
            />
          )}
        </div>
      ))}
    </section>
  );
}
