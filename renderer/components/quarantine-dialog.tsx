import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { startBulk } from '../state/bulk-run.ts';
import { quarantineSkill } from '../state/skill-actions.ts';

/** Asks why before skills are stopped and kept stopped; the reason is what a person reads weeks later. */
export function QuarantineDialog(props: { skillIds: readonly string[]; onClose: () => void }) {
  const { skillIds, onClose } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const missing = reason.trim() === '';
  const many = skillIds.length > 1;

  async function submit(): Promise<void> {
    setTried(true);
    if (missing || busy) return;
    const [skillId, ...others] = skillIds;
    if (skillId === undefined || others.length > 0) {
      onClose();
      startBulk(skillIds, () => ({ command: 'quarantine', reason: reason.trim() }));
      return;
    }
    setBusy(true);
    const done = await quarantineSkill(skillId, reason.trim());
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={`Quarantine ${many ? `${skillIds.length} skills` : skillIds[0]}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            {many
              ? `${skillIds.join(', ')}: their processes are stopped. They are neither checked nor restarted, also after a restart of Skillward, until somebody releases them.`
              : 'Its process is stopped. It is neither checked nor restarted, also after a restart of Skillward, until somebody releases it.'}
          </Text>
          <Textarea
            label="Reason"
            description={
              many
                ? 'One for all of them; shown with each and in its history.'
                : 'Shown with the skill and in its history.'
            }
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
