import { z } from 'zod';
import { create } from 'zustand';

const KEY = 'skillward.overviewView';
const viewSchema = z.enum(['table', 'compact', 'cards']);
export type OverviewView = z.infer<typeof viewSchema>;

/** How the overview is laid out; kept in this browser, for it is about the person and the window, not the host. */
const useViewStore = create<{ readonly view: OverviewView }>()(() => ({
  view: viewSchema.catch('table').parse(localStorage.getItem(KEY)),
}));

export function useOverviewView(): OverviewView {
  return useViewStore((state) => state.view);
}

export function setOverviewView(view: OverviewView): void {
  localStorage.setItem(KEY, view);
  useViewStore.setState({ view });
}
