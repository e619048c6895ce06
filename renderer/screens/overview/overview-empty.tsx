import { Button, Code } from '@mantine/core';
import { IconFilterOff, IconFolderOpen, IconHeartbeat } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { useHost } from '../../state/host-store.ts';
import { reloadSkills } from '../../state/skill-actions.ts';
import type { Show } from './filter.ts';

/** There is no skill at all: where they are looked for, and what to do. */
export function NoSkills() {
  const folders = useHost((state) => state.host?.folders);
  const known = folders !== undefined && folders.length > 0;
  return (
    <EmptyState
      icon={<IconFolderOpen size={28} stroke={1.5} />}
      title="No skills yet"
      action={
        <>
          <ButtonLink variant="filled" to="/add">
            Add a skill…
          </ButtonLink>
          <Button onClick={() => void reloadSkills()}>Look again</Button>
          <ButtonLink to="/settings" search={{ section: 'folders' }}>
            Skills folders
          </ButtonLink>
        </>
      }
    >
      {known ? (
        <>
          Skillward looks in{' '}
          {folders.map((folder) => (
            <Code key={folder}>{folder}</Code>
          ))}
          .{' '}
        </>
      ) : (
        'No skills folder is set. '
      )}
      Put a folder with a <Code>manifest.toml</Code> and a Python script there and look again, or hand one
      over here.
    </EmptyState>
  );
}

/** Skills there are, but what is asked for matches none: because all is well, or because of the filter. */
export function NothingPasses(props: { total: number; show: Show | undefined; typed: string }) {
  const { total, show, typed } = props;
  const showAll = (
    <ButtonLink variant="filled" to="/" search={{}}>
      Show all {total}
    </ButtonLink>
  );
  if (typed === '' && (show === 'attention' || show === 'bad' || show === 'quar' || show === 'warn')) {
    return (
      <EmptyState
        icon={<IconHeartbeat size={28} stroke={1.5} />}
        title={show === 'attention' ? 'Nothing needs attention' : `No skill is ${allWell[show]}`}
        action={showAll}
      >
        When that changes, it will stand here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={total === 1 ? 'The one skill is not among them' : `None of the ${total} skills is among them`}
      action={showAll}
    >
      {typed === '' ? 'The filter hides every skill.' : `No id or name has “${typed}” in it.`}
    </EmptyState>
  );
}

const allWell = { bad: 'failing', quar: 'quarantined', warn: 'degraded' } as const;
