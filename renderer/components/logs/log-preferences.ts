import { z } from 'zod';
import { create } from 'zustand';
import { onHostLeft } from '../../state/shown-host.ts';

const KEY = 'skillward.logView';

const preferencesSchema = z.object({ wrap: z.boolean(), times: z.boolean() });
type LogPreferences = z.infer<typeof preferencesSchema>;

/** How lines are drawn; kept in this browser, for it is about the person and the window, not the host. */
const usePreferenceStore = create<LogPreferences>()(() => read());

function read(): LogPreferences {
  let stored: unknown;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    stored = null;
  }
  return preferencesSchema.catch({ wrap: true, times: true }).parse(stored);
}

export function useLogPreferences(): LogPreferences {
  return usePreferenceStore();
}

export function setLogPreferences(change: Partial<LogPreferences>): void {
  usePreferenceStore.setState(change);
  localStorage.setItem(KEY, JSON.stringify(usePreferenceStore.getState()));
}

/** Which views were cleared and up to when, epoch ms. Until the page is loaded again: nothing is ever deleted. */
const useClearStore = create<Readonly<Record<string, number>>>()(() => ({}));
onHostLeft(() => useClearStore.setState({}, true));

/** What is older than this is hidden in the view of these skills; null: nothing is. */
export function useClearedAt(view: string): number | null {
  return useClearStore((state) => state[view] ?? null);
}

export function clearLogView(view: string, at: number | null): void {
  if (at !== null) useClearStore.setState({ [view]: at });
  else useClearStore.setState(({ [view]: _shown, ...others }) => others, true);
}
