import { IconServer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useOwnerOnly, useReadOnly, useShownName } from '../../state/shown-host.ts';
import { EmptyState } from '../empty-state.tsx';
import classes from './locked.module.css';

/** Controls that order something of the host that is shown: locked, with the reason, where it lets us look only. */
export function Orders({ children }: { children: ReactNode }) {
  return <Locked reason={useReadOnly()}>{children}</Locked>;
}

/** Controls for what a host lets nobody but its own dashboard do: locked while another host is shown. */
export function OwnerOnly({ children }: { children: ReactNode }) {
  return <Locked reason={useOwnerOnly()}>{children}</Locked>;
}

function Locked({ reason, children }: { reason: string | null; children: ReactNode }) {
  if (reason === null) return children;
  return (
    <fieldset disabled className={classes.locked} title={reason} aria-label={reason}>
      {children}
    </fieldset>
  );
}

/** A part that is about the machine itself: drawn at home, explained elsewhere. `what` begins the sentence. */
export function OnlyThere({ what, children }: { what: string; children: ReactNode }) {
  const reason = useOwnerOnly();
  const name = useShownName();
  if (reason === null) return children;
  return (
    <div className="sw-card">
      <EmptyState icon={<IconServer size={26} stroke={1.6} />} title={`Only on “${name}” itself`}>
        {what} in the dashboard of that host, or with <code>skillward</code> on that machine: it is about its
        files and secrets, and those do not travel.
      </EmptyState>
    </div>
  );
}
