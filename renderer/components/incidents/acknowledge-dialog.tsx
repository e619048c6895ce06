import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import { acknowledgeIncident } from '../../state/incident-actions.ts';
import { type Until, UntilChoice, untilMs } from './until-choice.tsx';

/** Takes an incident on: with a note for the others, and perhaps for a time only. */
export function AcknowledgeDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [note, setNote] = useState(incident.note ?? '');
  const [until, setUntil] = useState<Until>('end');
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await acknowledgeIncident(incident, { note, untilMs: untilMs(until, Date.now()) });
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={`Acknowledge incident #${incident.id} of ${incident.skillId}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Somebody looks after it: it leaves the count of open incidents, and is not told again unless it is
            quarantined or recovers.
          </Text>
          <Textarea
            label="Note"
            description="Who looks after it, and what is known."
            placeholder="Ann is on it, the provider is down"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
            }}
            maxLength={4000}
            autosize
            minRows={2}
            maxRows={6}
            data-autofocus
          />
          <UntilChoice label="For" value={until} onChange={setUntil} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={busy}>
              Acknowledge
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
