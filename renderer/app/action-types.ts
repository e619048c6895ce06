import type { Incident } from '../../shared/model/action.ts';
import type { FleetHost } from '../../shared/model/fleet.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { RangeId } from '../state/ranges.ts';
import type { ScreenPath } from './screens.ts';

export type ActionGroup =
  | 'This skill'
  | 'Selected skills'
  | 'Skills'
  | 'Go to'
  | 'Hosts'
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
  /** Of the fleet, this one too; empty without a fleet. */
  readonly hosts: readonly FleetHost[];
  /** The other host that is shown; null for this one. */
  readonly hostId: string | null;
  readonly showHost: (hostId: string | null) => void;
  /** Why nothing may be changed on the host that is shown; null where it may. */
  readonly readOnly: string | null;
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
