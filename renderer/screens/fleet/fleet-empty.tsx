import { Button } from '@mantine/core';
import { IconSearchOff, IconServer2 } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/links.tsx';
import classes from './fleet-screen.module.css';

/** Before there is a fleet: what it is good for and how to join one. Servers cannot be typed into a page. */
export function NoFleet() {
  return (
    <div className="sw-card">
      <EmptyState
        icon={<IconServer2 size={28} stroke={1.5} />}
        title="One dashboard for many machines"
        action={
          <ButtonLink to="/settings" search={{ section: 'fleet' }}>
            Settings of the fleet
          </ButtonLink>
        }
      >
        Hosts that join one NATS server see each other here: what is wrong where, and what was done about it.
        Each goes on supervising its own skills, with or without the server. On every machine, say once:
        <code className={classes.command}>skillward fleet join tls://nats.example.net:4222</code>
      </EmptyState>
    </div>
  );
}

export function NoHostPasses({ onClear }: { onClear: () => void }) {
  return (
    <div className="sw-card">
      <EmptyState
        icon={<IconSearchOff size={26} stroke={1.6} />}
        title="No host is like that"
        action={<Button onClick={onClear}>Show all hosts</Button>}
      >
        There are others: the chips, labels and words hide them.
      </EmptyState>
    </div>
  );
}
