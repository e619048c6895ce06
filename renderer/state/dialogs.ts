import { create } from 'zustand';
import type { Incident } from '../../shared/model/action.ts';
import { onHostLeft } from './shown-host.ts';

/** The dialog that is open, if any. One at a time, opened from anywhere: a row, the palette, a shortcut. */
export type OpenDialog =
  | { readonly kind: 'quarantine'; readonly skillIds: readonly string[] }
  | { readonly kind: 'release'; readonly skillId: string }
  | { readonly kind: 'release-many'; readonly skillIds: readonly string[] }
  | { readonly kind: 'acknowledge' | 'mute' | 'resolve'; readonly incident: Incident }
  | { readonly kind: 'shortcuts' };

interface DialogStore {
  readonly open: OpenDialog | null;
}

const useDialogStore = create<DialogStore>()(() => ({ open: null }));
onHostLeft(closeDialog);

export function useOpenDialog(): OpenDialog | null {
  return useDialogStore((state) => state.open);
}

export function openDialog(open: OpenDialog): void {
  useDialogStore.setState({ open });
}

export function closeDialog(): void {
  useDialogStore.setState({ open: null });
}
