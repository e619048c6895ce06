// Over 200 lines: the one place where the rooms are bound together, so that no other file has to know them all.
import { mkdirSync } from 'node:fs';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import { HealthMonitor } from '../core/health/monitor.ts';
import { CheckPlan } from '../core/schedule/check-plan.ts';
import { TaskTable } from '../core/schedule/scheduler.ts';
import { HEALTH_TASK_ID } from '../core/schedule/task.ts';
import type { Clock } from '../core/supervision/clock.ts';
import { HostWatch } from '../core/supervision/host-watch.ts';
import { Catalog } from '../skills/catalog.ts';
import { Supervisor } from '../skills/supervisor.ts';
import type { ProcessDown } from '../skills/types.ts';
import type { SettingsStore } from '../storage/settings.ts';
import { openStorage, type Storage } from '../storage/storage.ts';
import { ActionLog } from './action-log.ts';
import { CatalogDesk } from './catalog-desk.ts';
import { CheckLoop } from './check-loop.ts';
import { allCommands } from './commands/all.ts';
import { ConfigDesk } from './config-desk.ts';
import { Dispatcher } from './dispatcher.ts';
import { EventHub } from './event-hub.ts';
import { FixMemory } from './fix-memory.ts';
import { HealthDesk } from './health-desk.ts';
import { HostMeter } from './host-meter.ts';
import { HostPulse } from './host-pulse.ts';
import { HostStatus } from './host-status.ts';
import { Housekeeping } from './housekeeping.ts';
import { IncidentBook } from './incident-book.ts';
import { LaunchPlanner } from './launch-planner.ts';
import { LogDesk } from './log-desk.ts';
import { NoticeBoard } from './notice-board.ts';
import { NotificationPolicy } from './notification-policy.ts';
import { realClock } from './real-clock.ts';
import { makeRunTask } from './run-task.ts';
import { SkillBook } from './skill-book.ts';
import { SkillKeeper } from './skill-keeper.ts';
import { SkillView } from './skill-view.ts';
import { cronNext, TaskRunner } from './task-runner.ts';

export interface WardenOptions {
  readonly dataDir: string;
  readonly hostKind: RuntimeStatus['hostKind'];
  readonly version: string;
  readonly settings: SettingsStore;
  /** Skills folders given for this run, beside those in the settings. */
  readonly folders: readonly string[];
  /** Told of trouble inside the host that nobody waits for an answer about. */
  readonly report: (message: string, error: unknown) => void;
  readonly clock?: Clock;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  readonly hostEnv?: Readonly<Record<string, string | undefined>>;
}

/** Binds supervisor, monitor, scheduler and storage; implements the commands; publishes events. */
export class Warden {
  readonly hub: EventHub;
  readonly dispatcher: Dispatcher;
  readonly #options: WardenOptions;
  readonly #clock: Clock;
  readonly #storage: Storage;
  readonly #supervisor: Supervisor;
  readonly #plan = new CheckPlan();
  readonly #tasks = new TaskTable(cronNext);
  readonly #meter = new HostMeter();
  readonly #notices: NoticeBoard;
  readonly #pulse: HostPulse;
  readonly #book: SkillBook;
  readonly #view: SkillView;
  readonly #keeper: SkillKeeper;
  readonly #desk: HealthDesk;
  readonly #checks: CheckLoop;
  readonly #taskRunner: TaskRunner;
  readonly #catalogDesk: CatalogDesk;
  readonly #housekeeping: Housekeeping;
  readonly #status: HostStatus;

  constructor(options: WardenOptions) {
    const { dataDir, hostKind, report, settings, version } = options;
    const clock = options.clock ?? realClock;
    const nowMs = () => clock.nowMs();
    const config = () => settings.get();
    const plan = this.#plan;
    this.#options = options;
    this.#clock = clock;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });

    const hub = new EventHub(clock);
    this.hub = hub;
    this.#notices = new NoticeBoard(hub, nowMs);
    const { logFiles, logFileBytes } = config().retention;
    const onNotice = this.#notices.put.bind(this.#notices);
    const storage = openStorage({ dataDir, nowMs, logFiles, logFileBytes, onNotice });
    this.#storage = storage;
    for (const notice of storage.notices) this.#notices.put(notice);
    if (settings.problem !== null) this.#notices.put(settings.problem);

    const catalog = new Catalog(this.#folders());
    const planner = new LaunchPlanner({ catalog, dataDir, hostEnv: options.hostEnv ?? process.env });
    const logs = new LogDesk({
      clock,
      logs: storage.logs,
      hub,
      secrets: (skillId) => planner.secrets(skillId),
    });
    const monitor = new HealthMonitor(config().health);
    const book = new SkillBook({ skills: storage.skills, monitor, nowMs });
    this.#book = book;
    const supervisor = new Supervisor({
      clock,
      random: options.random ?? Math.random,
      hostVersion: version,
      instanceId: storage.instanceId,
      registry: storage.runs,
      plan: (skillId) => planner.plan(skillId),
      settings: (skillId) => this.#view.settings(skillId),
      onProcess: (skillId, process) => this.#onProcess(skillId, process.state),
      onDown: (skillId, down) => this.#onDown(skillId, down),
      onLog: (line) => logs.write(line),
    });
    this.#supervisor = supervisor;
    const nextCheckAt = (skillId: string) => this.#nextCheckAt(skillId);
    const view = new SkillView({ clock, catalog, book, monitor, supervisor, config, nextCheckAt });
    this.#view = view;

    const actions = new ActionLog({ actions: storage.actions, noticeLog: storage.noticeLog, hub, nowMs });
    const incidents = new IncidentBook({
      incidents: storage.incidents,
      onChanged: (incident) => hub.publish('incident.changed', { incident }, String(incident.id)),
    });
    const notifications = new NotificationPolicy({
      actions,
      config: () => config().notifications,
      skillName: (skillId) => catalog.get(skillId)?.name ?? skillId,
    });
    const changed = (skillId: string) => this.#publishSkill(skillId);
    const keeper = new SkillKeeper({
      ...{ clock, catalog, book, monitor, supervisor, plan, actions, incidents, notifications },
      ...{ changed, report },
    });
    this.#keeper = keeper;
    this.#desk = new HealthDesk({
      ...{ clock, monitor, book, incidents, hub },
      checks: storage.checks,
      carryOut: (decided) => keeper.carryOut(decided),
      onJudged: changed,
    });
    const watch = new HostWatch();
    const checks = new CheckLoop({
      ...{ clock, plan, supervisor, view, watch },
      desk: this.#desk,
      maxConcurrentChecks: () => config().health.maxConcurrentChecks,
      enabled: () => this.#tasks.get(HEALTH_TASK_ID)?.enabled ?? true,
    });
    this.#checks = checks;

    const tasks = this.#tasks;
    const run = makeRunTask({ supervisor, view, checks });
    const taskRunner = new TaskRunner({
      ...{ clock, hub, run },
      table: tasks,
      tasks: storage.tasks,
      // Pausing the health task pauses the checks between its rounds too.
      onSaved: (taskId) => {
        if (taskId === HEALTH_TASK_ID) checks.reschedule();
      },
    });
    this.#taskRunner = taskRunner;
    this.#pulse = new HostPulse({
      clock,
      watch,
      onGap: (gap) => {
        const secs = ((gap.toMonotonicMs - gap.fromMonotonicMs) / 1000).toFixed(1);
        report(`host ${gap.kind}: ${secs} s without a tick; checks of that time are not judged`, null);
        if (gap.kind === 'clock-jump') taskRunner.clockJumped();
      },
    });
    const configDesk = new ConfigDesk({
      ...{ clock, settings, actions, hub, catalog, monitor, plan, view, checks, tasks, taskRunner, changed },
      foldersChanged: async () => {
        catalog.setFolders(this.#folders());
        await this.#reload();
      },
    });
    this.#catalogDesk = new CatalogDesk({
      ...{ catalog, supervisor, keeper, book, plan, report },
      refreshed: (skillId) => configDesk.refreshRules(skillId),
      folderProblem: (message) => this.#notices.say('warning', 'skills-folder', message),
    });
    this.#housekeeping = new Housekeeping({ clock, storage, config: () => config().retention, report });
    this.#status = new HostStatus({
      folders: () => this.#folders(),
      clock,
      view,
      storage,
      hostKind,
      dataDir,
      meter: this.#meter,
      notices: this.#notices,
    });
    const fixes = new FixMemory({ fixes: storage.fixes, actions, nowMs });
    const handlers = allCommands({
      ...{
        clock,
        storage,
        settings,
        supervisor,
        book,
        view,
        keeper,
        checks,
        incidents,
        fixes,
        tasks,
        taskRunner,
        hub,
      },
      catalogDesk: this.#catalogDesk,
      host: { version, kind: hostKind },
      status: () => this.#status.now(),
      changeConfig: (patch) => configDesk.change(patch),
    });
    this.dispatcher = new Dispatcher(handlers, (command, error) => report(`command ${command}`, error));
  }

  /** Ends what a killed host left behind, then starts and asks every skill in service. */
  async start(): Promise<void> {
    this.#meter.start();
    this.#pulse.start();
    this.#book.restore();
    const { ended } = await this.#supervisor.sweepOrphans();
    if (ended > 0) {
      const message = `The host was not closed properly last time: ${ended} skill processes it left behind were ended.`;
      this.#notices.say('warning', 'orphans-ended', message);
    }
    this.#tasks.restore(this.#storage.tasks.all());
    const { checkIntervalSecs } = this.#options.settings.get().health;
    this.#tasks.withSkillHealthChecks(checkIntervalSecs, this.#clock.nowMs());
    this.#taskRunner.saved(HEALTH_TASK_ID);
    this.#checks.start();
    this.#taskRunner.start();
    this.#housekeeping.start();
    await this.#reload();
  }

  /** Stops every skill at once within `budgetMs`, then closes the books. Nothing is started any more. */
  async stop(budgetMs: number): Promise<{ readonly unkillable: readonly string[] }> {
    this.#pulse.stop();
    this.#checks.stop();
    this.#taskRunner.stop();
    this.#housekeeping.stop();
    const { unkillable } = await this.#supervisor.stopAll(budgetMs);
    this.hub.flush();
    this.#meter.stop();
    this.#storage.close();
    return { unkillable };
  }

  /** The last resort of an exit hook: no skill process may outlive the host. */
  killAllNow(): void {
    this.#supervisor.killAllNow();
  }

  async #reload(): Promise<void> {
    await this.#catalogDesk.reload();
  }

  #folders(): string[] {
    return [...new Set([...this.#options.folders, ...this.#options.settings.get().skills.folders])];
  }

  #onProcess(skillId: string, state: string): void {
    if (state === 'running') {
      const intervalMs = this.#view.settings(skillId).health.checkIntervalSecs * 1000;
      this.#plan.setSkill(skillId, intervalMs, this.#clock.monotonicMs(), { soon: true });
      this.#checks.reschedule();
    } else {
      this.#plan.removeSkill(skillId);
      if (state === 'starting') this.#keeper.noteStarting(skillId);
      if (state === 'stopping' || state === 'stopped') this.#checks.noteStop(skillId);
    }
    this.#publishSkill(skillId);
  }

  /** A process that ends unasked is an outcome at once, and counts once: a check under way ends with it (section 4 rule 8). */
  #onDown(skillId: string, down: ProcessDown): void {
    if (!this.#book.isInService(skillId)) return;
    this.#desk.enter(skillId, down.outcome, null);
    this.#checks.noteExit(skillId, down.outcome);
  }

  #nextCheckAt(skillId: string): number | null {
    const monotonicMs = this.#plan.nextAt(skillId);
    if (monotonicMs === null) return null;
    return Math.max(0, Math.round(this.#clock.nowMs() + monotonicMs - this.#clock.monotonicMs()));
  }

  #publishSkill(skillId: string): void {
    this.hub.publish('skill.changed', { skillId, skill: this.#view.get(skillId) ?? null }, skillId);
  }
}
