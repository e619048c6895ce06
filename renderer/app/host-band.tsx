import { Button } from '@mantine/core';
import { IconServer } from '@tabler/icons-react';
import { skewWords } from '../components/fleet/host-words.ts';
import { useShowHost } from '../components/fleet/use-show-host.ts';
import { hereOf, useFleet, useFleetHost } from '../state/fleet.ts';
import { useReadOnly, useShownHostId, useShownName } from '../state/shown-host.ts';
import classes from './host-band.module.css';

/** Says above every screen that it is another machine's, and whether anything can be done there. Nothing at home. */
export function HostBand() {
  const hostId = useShownHostId();
  return hostId === null ? null : <Band />;
}

function Band() {
  const name = useShownName();
  const reason = useReadOnly();
  const own = useFleet((fleet) => hereOf(fleet)?.name ?? 'this host');
  const hostId = useShownHostId() ?? '';
  const host = useFleetHost(hostId);
  const skew = host === undefined ? null : skewWords(host);
  const show = useShowHost();
  return (
    <section className={classes.band} aria-label="Host shown">
      <IconServer size={18} stroke={1.7} aria-hidden="true" className={classes.icon} />
      <p className={classes.text}>
        You are looking at <b>{name}</b>, another host of the fleet.{' '}
        {reason ?? 'What you do here happens there.'}
        {skew !== null && ` ${skew}: times below are by that clock.`}
      </p>
      <Button size="compact-sm" onClick={() => show(null)}>
        Back to {own}
      </Button>
    </section>
  );
}
