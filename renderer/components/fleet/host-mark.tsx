import { IconServer } from '@tabler/icons-react';
import { useFleetHost } from '../../state/fleet.ts';
import classes from './host-mark.module.css';

/** Which host something is from, by name. */
export function HostMark({ hostId }: { hostId: string }) {
  const host = useFleetHost(hostId);
  return (
    <span className={classes.mark} title={hostId}>
      <IconServer size={13} stroke={1.7} aria-hidden="true" />
      <span className={classes.name}>{host?.name ?? hostId}</span>
    </span>
  );
}
