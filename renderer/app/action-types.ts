import type { Incident } from '../../shared/model/action.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { RangeId } from '../state/ranges.ts';
import type { ScreenPath } from './screens.ts';

export type ActionGroup =
  | 'This skill'
  | 'Selected skills'
  | 'Skills'
  | 'Go to'
  | 'Do'
  | 'Incidents'
  | 'Fixes'
  | 'View'
  | 'Settings'
  | 'Actions for skills';

/** One thing a person can do, wherever it is shown: palette, shortcut sheet, menu. */
export interface AppAction {
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  readonly description?: string;
  /** Its shortcuts, the one to show first: `G O`, `Shift+R`, `Mod+1`. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

export interface ActionContext {
  readonly skills: readonly Skill[];
  readonly selected: ReadonlySet<string>;
  /** Newest first. */
  readonly incidents: readonly Incident[];
  /** The skill whose page is open, if any. */
  readonly skillId: string | null;
  readonly openScreen: (to: ScreenPath | '/add') => void;
  readonly openSkill: (skillId: string) => void;
  readonly openIncident: (incident: Incident) => void;
  readonly openFix: (fixId: number) => void;
  readonly findSetting: (words: string) => void;
  readonly recordFix: (skill: Skill | null) => void;
  /** Puts the cursor into the search field of the open screen, where it has one. */
  readonly findOnScreen: () => void;
  readonly showFirstSteps: () => void;
  readonly setRange: (range: RangeId) => void;
}
