import { Button } from '@mantine/core';
import { IconLock, IconPlugConnectedX, IconZzz } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { currentBridge } from '../bridge/current.ts';
import { useFleet } from '../state/fleet.ts';
import { useHost } from '../state/host-store.ts';
import { useShownName } from '../state/shown-host.ts';
import { useNow, useTicking } from '../state/ticker.ts';
import classes from './connection-banner.module.css';
import { formatDuration, formatSince } from './format.ts';
import { Time } from './time.tsx';

/** Says when what is shown is no longer true, why, and what happens next. Nothing while all is well. */
export function ConnectionBanner() {
  const connection = useHost((state) => state.connection);
  const lastEventAt = useHost((state) => state.lastEventAt);
  switch (connection.kind) {
    case 'live':
    case 'connecting':
      return null;
    case 'stale':
      return (
        <Banner icon={<IconZzz size={18} />} tone="warn" title="The host has stopped answering.">
          What you see was true <Ago at={connection.since} />. Your skills may still be running. If it stays
          so, look at its log, or end it and start it again.
        </Banner>
      );
    case 'unheard':
      return <Unheard since={connection.since} />;
    case 'lost':
      return (
        <Banner
          icon={<IconPlugConnectedX size={18} />}
          tone="bad"
          title="The connection to the host is lost."
          action={<Retry />}
        >
          {lastEventAt === null ? (
            'Nothing has been received yet.'
          ) : (
            <>
              What you see was true <Ago at={lastEventAt} />.
            </>
          )}{' '}
          <NextTry at={connection.nextAttemptAt} /> <WhatToDo since={lastEventAt} />
        </Banner>
      );
    case 'unauthorized':
      return (
        <Banner
          icon={<IconLock size={18} />}
          tone="bad"
          title="This page may not talk to the host."
          action={<Retry />}
        >
          The key in its address is missing or from an earlier start. Open the address that the host printed
          when it started.
        </Banner>
      );
  }
}

/** Another host of the fleet that is silent. Nothing is known of it now, least of all that it is well. */
function Unheard({ since }: { since: number | null }) {
  const name = useShownName();
  const loaded = useHost((state) => state.loaded);
  const link = useFleet((fleet) => fleet.link);
  return (
    <Banner
      icon={<IconZzz size={18} />}
      tone="warn"
      title={since === null ? `“${name}” has not been heard from.` : `“${name}” is unknown.`}
    >
      {since !== null && (
        <>
          Last heard from <Time at={since} />.{' '}
        </>
      )}
      {loaded ? 'These are its last figures.' : 'There are no figures of it yet.'}{' '}
      {link?.problem ?? 'It may be switched off or cut off; it shows here as soon as it answers.'}
    </Banner>
  );
}

function Banner(props: {
  icon: ReactNode;
  tone: 'warn' | 'bad';
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.banner} data-tone={props.tone} aria-label="Connection">
      <span className={classes.icon} aria-hidden="true">
        {props.icon}
      </span>
      <span className={classes.text}>
        {/* Only this is announced: what follows counts seconds. */}
        <b role="alert">{props.title}</b> {props.children}
      </span>
      {props.action}
    </section>
  );
}

function Retry() {
  return <Button onClick={() => currentBridge().reconnect()}>Try now</Button>;
}

/** A host that restarts is back in seconds; only after that is it worth telling how to start one. */
const GONE_AFTER_MS = 20_000;

function WhatToDo({ since }: { since: number | null }) {
  const gone = useTicking((now) => since === null || now - since > GONE_AFTER_MS);
  if (!gone) return null;
  return (
    <>
      If the host was stopped, start it again with <code>skillward serve</code> and open the address it
      prints.
    </>
  );
}

function Ago({ at }: { at: number }) {
  return <>{formatSince(at, useNow())} ago</>;
}

function NextTry({ at }: { at: number }) {
  const left = at - useNow();
  return <>{left < 1000 ? 'Trying again…' : `Trying again in ${formatDuration(left)}.`}</>;
}
