import type { Notice } from '../../shared/model/action.ts';
import type { AppConfig, AppConfigPatch } from '../../shared/model/config.ts';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { TaskTable } from '../core/schedule/scheduler.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import type { ActionLog } from './action-log.ts';
import type { CatalogDesk } from './catalog-desk.ts';
import type { CheckLoop } from './check-loop.ts';
import type { CredentialDesk } from './credential-desk.ts';
import type { EventHub } from './event-hub.ts';
import type { FixMemory } from './fix-memory.ts';
import type { FixProposals } from './fix-proposals.ts';
import type { FixTrials } from './fix-trials.ts';
import type { FleetDesk } from './fleet/fleet-desk.ts';
import type { HostEnvironmentDesk } from './host-environment.ts';
import type { ImportDesk } from './import-desk.ts';
import type { IncidentBook } from './incident-book.ts';
import type { IncidentDesk } from './incident-desk.ts';
import type { PackageRooms } from './packages/package-rooms.ts';
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
  readonly incidentDesk: IncidentDesk;
  readonly fixes: FixMemory;
  readonly trials: FixTrials;
  readonly proposals: FixProposals;
  readonly advice: RepairAdvice;
  readonly tasks: TaskTable;
  readonly taskRunner: TaskRunner;
  readonly hub: EventHub;
  readonly actions: ActionLog;
  readonly credentials: CredentialDesk;
  readonly packages: PackageRooms;
  readonly imports: ImportDesk;
  readonly host: { readonly version: string; readonly kind: RuntimeStatus['hostKind'] };
  readonly environment: HostEnvironmentDesk;
  readonly fleet: FleetDesk;
  status(): RuntimeStatus;
  /** Tells people something, past every rule of when to be silent. */
  tell(notice: Omit<Notice, 'id' | 'at'>): Notice;
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
