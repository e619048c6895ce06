import { CommandError } from '../../shared/contract/index.ts';
import type { AppConfig, AppConfigPatch } from '../../shared/model/config.ts';
import type { HealthMonitor } from '../core/health/monitor.ts';
import type { CheckPlan } from '../core/schedule/check-plan.ts';
import type { TaskTable } from '../core/schedule/scheduler.ts';
import { HEALTH_TASK_ID } from '../core/schedule/task.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Catalog } from '../skills/catalog.ts';
import { SettingsError, type SettingsStore } from '../storage/settings.ts';
import type { ActionLog } from './action-log.ts';
import type { CheckLoop } from './check-loop.ts';
import type { EventHub } from './event-hub.ts';
import type { SkillView } from './skill-view.ts';
import type { TaskRunner } from './task-runner.ts';

export interface ConfigDeskPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly actions: ActionLog;
  readonly hub: EventHub;
  readonly catalog: Catalog;
  readonly monitor: HealthMonitor;
  readonly plan: CheckPlan;
  readonly view: SkillView;
  readonly checks: CheckLoop;
  readonly tasks: TaskTable;
  readonly taskRunner: TaskRunner;
  changed(skillId: string): void;
  /** The list of skills folders changed: read them. */
  foldersChanged(): Promise<void>;
}

/** Changes settings: checked, on disk, in force at the next tick, told; in that order. */
export class ConfigDesk {
  readonly #ports: ConfigDeskPorts;

  constructor(ports: ConfigDeskPorts) {
    this.#ports = ports;
  }

  /** Throws `CommandError`; then nothing has changed. */
  async change(patch: AppConfigPatch): Promise<AppConfig> {
    const { actions, hub, settings } = this.#ports;
    const before = settings.get();
    const config = this.#write(patch);
    actions.record({
      kind: 'changeConfig',
      skillId: null,
      origin: 'user',
      reason: `settings changed: ${sectionsOf(patch)}`,
    });
    await this.#apply(config, before);
    hub.publish('config.changed', { config }, 'config');
    return config;
  }

  /** The rules of one skill, read anew from app, manifest and settings. */
  refreshRules(skillId: string): void {
    const { changed, clock, monitor, plan, view } = this.#ports;
    const { health } = view.settings(skillId);
    monitor.setSkillConfig(skillId, health);
    if (plan.nextAt(skillId) !== null)
      plan.setSkill(skillId, health.checkIntervalSecs * 1000, clock.monotonicMs());
    changed(skillId);
  }

  #write(patch: AppConfigPatch): AppConfig {
    try {
      return this.#ports.settings.patch(patch);
    } catch (error) {
      if (error instanceof SettingsError) throw new CommandError(error.code, error.message);
      throw error;
    }
  }

  async #apply(config: AppConfig, before: AppConfig): Promise<void> {
    const { catalog, checks, clock, foldersChanged, monitor, taskRunner, tasks } = this.#ports;
    monitor.setConfig(config.health);
    for (const { id } of catalog.list()) this.refreshRules(id);
    checks.reschedule();
    if (config.health.checkIntervalSecs !== before.health.checkIntervalSecs) {
      tasks.withSkillHealthChecks(config.health.checkIntervalSecs, clock.nowMs());
      taskRunner.saved(HEALTH_TASK_ID);
    }
    if (config.skills.folders.join('\n') !== before.skills.folders.join('\n')) await foldersChanged();
  }
}

function sectionsOf(patch: AppConfigPatch): string {
  return Object.entries(patch)
    .filter(([, section]) => section !== undefined)
    .map(([name, section]) => `${name} (${Object.keys(section ?? {}).join(', ')})`)
    .join(', ');
}
