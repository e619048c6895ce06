import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { startBulk } from '../state/bulk-run.ts';
import { useHost } from '../state/host-store.ts';
import { ErrorText } from './error-text.tsx';
import { plural } from './format.ts';
import seg from './range-control.module.css';
import { releaseGroups } from './release-groups.ts';
import classes from './release-many-dialog.module.css';

type Choice = 'trial' | 'force' | 'leave';
const choices = [
  { value: 'trial', label: 'As a trial' },
  { value: 'force', label: 'At once' },
  { value: 'leave', label: 'Leave' },
];

/** Releases several skills: one decision for those with the same error, one each for the others. */
export function ReleaseManyDialog(props: { skillIds: readonly string[]; onClose: () => void }) {
  const { onClose } = props;
  // As they were when it was asked: rows that change while somebody reads must not change what is decided.
  const [groups] = useState(() => {
    const { skills, incidents } = useHost.getState();
    return releaseGroups(
      props.skillIds.flatMap((id) => skills[id] ?? []),
      incidents,
    );
  });
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const choiceOf = (reason: string): Choice => chosen[reason] ?? 'trial';
  const released = groups.filter(({ reason }) => choiceOf(reason) !== 'leave');
  const count = released.reduce((sum, { skillIds }) => sum + skillIds.length, 0);

  function submit(): void {
    const modes = new Map(
      released.flatMap(({ reason, skillIds }) =>
        skillIds.map((id) => [id, choiceOf(reason) === 'force' ? 'force' : 'trial'] as const),
      ),
    );
    onClose();
    void startBulk([...modes.keys()], (id) => ({ command: 'release', mode: modes.get(id) ?? 'trial' }));
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={`Release ${plural(props.skillIds.length, 'skill', 'skills')}?`}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (count > 0) submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            As a trial: started and watched for 3 checks, one failure puts it back. At once: started with its
            failures forgotten.{' '}
            {groups.length > 1 &&
              'They were quarantined for different reasons, so each is decided for itself.'}
          </Text>
          {groups.map(({ reason, skillIds }, index) => (
            <fieldset key={reason} className={classes.group}>
              <legend className={classes.names}>{skillIds.join(', ')}</legend>
              <ErrorText text={reason} lines={2} />
              <SegmentedControl
                aria-label={`How to release ${skillIds.join(', ')}`}
                size="xs"
                classNames={seg}
                data={choices}
                value={choiceOf(reason)}
                onChange={(next) => setChosen((before) => ({ ...before, [reason]: next as Choice }))}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            </fieldset>
          ))}
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={count === 0}>
              Release {plural(count, 'skill', 'skills')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
