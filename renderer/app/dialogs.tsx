import { AcknowledgeDialog } from '../components/incidents/acknowledge-dialog.tsx';
import { MuteDialog } from '../components/incidents/mute-dialog.tsx';
import { ResolveDialog } from '../components/incidents/resolve-dialog.tsx';
import { QuarantineDialog } from '../components/quarantine-dialog.tsx';
import { ReleaseDialog } from '../components/release-dialog.tsx';
import { ReleaseManyDialog } from '../components/release-many-dialog.tsx';
import { closeDialog, useOpenDialog } from '../state/dialogs.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** Draws the dialog that is open. */
export function Dialogs() {
  const open = useOpenDialog();
  switch (open?.kind) {
    case 'quarantine':
      return <QuarantineDialog skillIds={open.skillIds} onClose={closeDialog} />;
    case 'release':
      return <ReleaseDialog skillId={open.skillId} onClose={closeDialog} />;
    case 'release-many':
      return <ReleaseManyDialog skillIds={open.skillIds} onClose={closeDialog} />;
    case 'acknowledge':
      return <AcknowledgeDialog incident={open.incident} onClose={closeDialog} />;
    case 'mute':
      return <MuteDialog incident={open.incident} onClose={closeDialog} />;
    case 'resolve':
      return <ResolveDialog incident={open.incident} onClose={closeDialog} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={closeDialog} />;
    case undefined:
      return null;
  }
}
