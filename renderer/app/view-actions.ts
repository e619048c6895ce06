import type { AppConfigPatch } from '../../shared/model/config.ts';
import { changeConfig } from '../state/change-config.ts';
import { feedback } from '../state/feedback.ts';
import { type OverviewView, setOverviewView } from '../state/overview-view.ts';
import { rangeIds, ranges } from '../state/ranges.ts';
import type { ActionContext, AppAction } from './action-types.ts';

const views: readonly (readonly [OverviewView, string])[] = [
  ['table', 'Overview as a table'],
  ['compact', 'Overview as a compact table'],
  ['cards', 'Overview as cards'],
];
const themes = [
  ['system', 'Theme of the system'],
  ['light', 'Light theme'],
  ['dark', 'Dark theme'],
] as const;
const clocks = [
  ['local', 'Times in local time'],
  ['utc', 'Times in UTC'],
] as const;

/** How things are shown: range, layout, theme, clock. */
export function viewActions(context: Pick<ActionContext, 'setRange' | 'openScreen'>): AppAction[] {
  return [
    ...rangeIds.map((id) => view(`range:${id}`, `Show ${ranges[id].words}`, () => context.setRange(id))),
    ...views.map(([id, label]) =>
      view(`view:${id}`, label, () => {
        setOverviewView(id);
        context.openScreen('/');
      }),
    ),
    ...themes.map(([theme, label]) => view(`theme:${theme}`, label, () => set({ general: { theme } }))),
    ...clocks.map(([clock, label]) => view(`clock:${clock}`, label, () => set({ general: { clock } }))),
  ];
}

function view(id: string, label: string, run: () => void): AppAction {
  return { id, group: 'View', label, run };
}

function set(patch: AppConfigPatch): void {
  changeConfig(patch).catch((error: unknown) => feedback.error('That could not be set', error));
}
