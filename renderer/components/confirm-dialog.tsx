import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and what stays. */
  readonly children: ReactNode;
  /** On the button that does it: a verb. */
  readonly confirm: string;
  /** It takes something away. */
  readonly danger?: boolean;
  /** True when it is done and the dialog can go. */
  onConfirm(): Promise<boolean>;
  onClose(): void;
}

/** Asks once more before something that cannot simply be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, danger = false, onConfirm, onClose } = props;
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await onConfirm();
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {children}
          <Group justify="flex-end">
            <Button data-autofocus onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="filled" loading={busy} {...(danger ? { color: 'red' } : {})}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
