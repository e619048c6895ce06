import { Button, Code } from '@mantine/core';
import { IconFilterOff, IconFolderOpen } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { useHost } from '../../state/host-store.ts';
import { reloadSkills } from '../../state/skill-actions.ts';

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
          <Button variant="filled" onClick={() => void reloadSkills()}>
            Look again
          </Button>
          <ButtonLink to="/settings">Skills folders…</ButtonLink>
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
      Put a folder with a <Code>manifest.toml</Code> and a Python script there, then look again.
    </EmptyState>
  );
}

/** Skills there are, but the filter hides them all. */
export function NothingPasses({ total }: { total: number }) {
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={total === 1 ? 'The one skill is not among them' : `None of the ${total} skills is among them`}
      action={
        <ButtonLink variant="filled" to="/" search={{}}>
          Show all
        </ButtonLink>
      }
    >
      The filter hides every skill.
    </EmptyState>
  );
}
