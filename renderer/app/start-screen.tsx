import { Skeleton } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/links.tsx';
import { useHost } from '../state/host-store.ts';
import classes from './start-screen.module.css';

/** A host on this machine answers at once; only one that does not is worth a word. */
const WORD_AFTER_MS = 1200;

/** Holds the screens back until the host has told what there is; the fleet's own is there without one. */
export function StartScreen({ children, needsHost }: { children: ReactNode; needsHost: boolean }) {
  const loaded = useHost((state) => state.loaded);
  const connection = useHost((state) => state.connection.kind);
  const problem = useHost((state) => state.problem);
  if (loaded || (!needsHost && connection === 'unheard')) return children;
  if (connection === 'unheard') return <Unheard />;
  if (problem !== null) return <Untold problem={problem} />;
  return connection === 'connecting' || connection === 'live' ? <Waiting /> : null;
}

function Unheard() {
  return (
    <EmptyState
      icon={<IconMoodSad size={28} stroke={1.5} />}
      title="Nothing is known of this host yet"
      action={
        <ButtonLink to="/fleet" search={{}}>
          See the fleet
        </ButtonLink>
      }
    >
      It is shown as soon as it is heard. Whether it supervises its skills meanwhile cannot be told from here.
    </EmptyState>
  );
}

function Untold({ problem }: { problem: string }) {
  return (
    <EmptyState icon={<IconMoodSad size={28} stroke={1.5} />} title="The host does not tell its state">
      {problem} Skillward keeps asking. If it stays so, restart the host and load this page again.
    </EmptyState>
  );
}

function Waiting() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WORD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.waiting} aria-busy="true">
      <p className={classes.word} role="status">
        {long ? 'Connecting to the host…' : ''}
      </p>
      <Skeleton height={28} width="42%" radius="md" />
      <Skeleton height={24} width="64%" radius="xl" />
      <Skeleton height={360} radius="lg" />
    </div>
  );
}
