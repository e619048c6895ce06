import type { AppConfig, AppConfigPatch } from '../../shared/model/config.ts';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { TaskTable } from '../core/schedule/scheduler.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import type { CatalogDesk } from './catalog-desk.ts';
import type { CheckLoop } from './check-loop.ts';
import type { EventHub } from './event-hub.ts';
import type { FixMemory } from './fix-memory.ts';
import type { FixProposals } from './fix-proposals.ts';
import type { FixTrials } from './fix-trials.ts';
import type { IncidentBook } from './incident-book.ts';
import type { RepairAdvice } from './repair-advice.ts';
import type { SkillBook } from './skill-book.ts';
import type { SkillKeeper } from './skill-keeper.ts';
import type { SkillView } from './skill-view.ts';
import type { TaskRunner } from './task-runner.ts';

/** What the commands work with: the Warden's rooms, by name. */
export interface Rooms {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly settings: SettingsStore;
  readonly supervisor: Supervisor;
  readonly book: SkillBook;
  readonly view: SkillView;
  readonly keeper: SkillKeeper;
  readonly checks: CheckLoop;
  readonly catalogDesk: CatalogDesk;
  readonly incidents: IncidentBook;
  readonly fixes: FixMemory;
  readonly trials: FixTrials;
  readonly proposals: FixProposals;
  readonly advice: RepairAdvice;
  readonly tasks: TaskTable;
  readonly taskRunner: TaskRunner;
  readonly hub: EventHub;
  readonly host: { readonly version: string; readonly kind: RuntimeStatus['hostKind'] };
  status(): RuntimeStatus;
  /** Writes the settings and puts them in force. Throws `CommandError`. */
  changeConfig(patch: AppConfigPatch): Promise<AppConfig>;
}

/** The skill as it is now. Throws `CommandError` `not_found`. */
export function skillNow(rooms: Rooms, skillId: string): Skill {
  rooms.keeper.skill(skillId);
  const skill = rooms.view.get(skillId);
  if (skill === undefined) throw new Error(`the catalog has ${skillId}, the view has not`);
  return skill;
}
