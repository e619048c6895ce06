import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import { muteIncident } from '../../state/incident-actions.ts';
import { type Until, UntilChoice, untilMs } from './until-choice.tsx';

/** Asks for how long nothing is to pop up about one incident. */
export function MuteDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [until, setUntil] = useState<Until>('4');
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await muteIncident(incident, untilMs(until, Date.now()) ?? 'recovery');
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={`Mute incident #${incident.id} of ${incident.skillId}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            No notification about it, not even of a quarantine. It goes on being watched, and the bell lists
            what would have been told.
          </Text>
          <UntilChoice label="For" value={until} onChange={setUntil} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={busy} data-autofocus>
              Mute
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
