import { QuarantineDialog } from '../components/quarantine-dialog.tsx';
import { ReleaseDialog } from '../components/release-dialog.tsx';
import { closeDialog, useOpenDialog } from '../state/dialogs.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** Draws the dialog that is open. */
export function Dialogs() {
  const open = useOpenDialog();
  switch (open?.kind) {
    case 'quarantine':
      return <QuarantineDialog skillId={open.skillId} onClose={closeDialog} />;
    case 'release':
      return <ReleaseDialog skillId={open.skillId} onClose={closeDialog} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={closeDialog} />;
    case undefined:
      return null;
  }
}
