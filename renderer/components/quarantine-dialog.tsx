import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { quarantineSkill } from '../state/skill-actions.ts';

/** Asks why before a skill is stopped and kept stopped; the reason is what a person reads weeks later. */
export function QuarantineDialog({ skillId, onClose }: { skillId: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const missing = reason.trim() === '';

  async function submit(): Promise<void> {
    setTried(true);
    if (missing || busy) return;
    setBusy(true);
    const done = await quarantineSkill(skillId, reason.trim());
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={`Quarantine ${skillId}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Its process is stopped. It is neither checked nor restarted, also after a restart of Skillward,
            until somebody releases it.
          </Text>
          <Textarea
            label="Reason"
            description="Shown with the skill and in its history."
            placeholder="Posts every message twice since this morning"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
            }}
            error={tried && missing ? 'Say why: a line is enough.' : null}
            maxLength={4000}
            autosize
            minRows={2}
            maxRows={6}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" color="red" loading={busy}>
              Quarantine
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
