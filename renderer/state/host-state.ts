import type { Incident, Notice } from '../../shared/model/action.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { HostNotice, RuntimeStatus } from '../../shared/model/runtime.ts';
import type { ScheduledTask } from '../../shared/model/schedule.ts';
import type { Skill } from '../../shared/model/skill.ts';

/** What the host last said, as far as the screens need it. Everything is null or empty before the first snapshot. */
export interface HostData {
  /** True once a snapshot has been taken; from then on the page shows the last state known, also while not connected. */
  readonly loaded: boolean;
  readonly skills: Readonly<Record<string, Skill>>;
  /** Ids in reading order: alphabetical, numbers by value. */
  readonly order: readonly string[];
  readonly tasks: readonly ScheduledTask[];
  /** Newest first. */
  readonly incidents: readonly Incident[];
  /** Newest first, at most `MAX_NOTICES`. */
  readonly notices: readonly Notice[];
  readonly hostNotices: readonly HostNotice[];
  readonly settings: AppConfig | null;
  readonly host: RuntimeStatus | null;
  readonly seq: number;
  /** Epoch ms of the last event or snapshot, by this page's clock; null before the first. */
  readonly lastEventAt: number | null;
}

export const MAX_NOTICES = 200;

export const emptyHostData: HostData = {
  loaded: false,
  skills: {},
  order: [],
  tasks: [],
  incidents: [],
  notices: [],
  hostNotices: [],
  settings: null,
  host: null,
  seq: 0,
  lastEventAt: null,
};
