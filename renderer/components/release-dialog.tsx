import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSkill } from '../state/host-store.ts';
import { releaseSkill } from '../state/skill-actions.ts';
import { errorOf } from './display-state.ts';
import { ErrorText } from './error-text.tsx';
import { ReleaseWarning } from './release-warning.tsx';

/** Two ways out of quarantine, with what each of them means (DESIGN.md section 4). */
export function ReleaseDialog({ skillId, onClose }: { skillId: string; onClose: () => void }) {
  const skill = useSkill(skillId);
  const [mode, setMode] = useState<'trial' | 'force'>('trial');
  const [busy, setBusy] = useState(false);
  const error = skill === undefined ? null : errorOf(skill);

  async function submit(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await releaseSkill(skillId, mode);
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={`Release ${skillId}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {error !== null && (
            <div>
              <Text size="sm" mb={6}>
                It was quarantined because of this. If the cause is still there, it will come back.
              </Text>
              <ErrorText text={error} />
              <ReleaseWarning skillId={skillId} error={error} since={skill?.healthSince ?? null} />
            </div>
          )}
          <Radio.Group
            value={mode}
            onChange={(value) => setMode(value === 'force' ? 'force' : 'trial')}
            aria-label="How to release"
          >
            <Stack gap="sm">
              <Radio
                value="trial"
                label="As a trial"
                description="Started and watched for 3 checks. One failure puts it back into quarantine."
                data-autofocus
              />
              <Radio
                value="force"
                label="At once"
                description="Started like any other skill, with its failures forgotten. It is quarantined again only by the usual rules."
              />
            </Stack>
          </Radio.Group>
          <Group justify="flex-end">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={busy}>
              {mode === 'trial' ? 'Release as trial' : 'Release at once'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
