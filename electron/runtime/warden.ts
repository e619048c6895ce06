// Over 200 lines: the one place where the rooms are bound together, so that no other file has to know them all.
import { mkdirSync } from 'node:fs';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { ProcessState } from '../../shared/model/skill.ts';
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
import { FixProposals } from './fix-proposals.ts';
import { FixTrials } from './fix-trials.ts';
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
import { type AdviceKeys, RepairAdvice } from './repair-advice.ts';
import { adviceMessages } from './repair-advice-context.ts';
import { noAdviceKeys, withoutOldConsent } from './repair-advice-keys.ts';
import { openAiProvider } from './repair-advice-openai.ts';
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
  /** Where this host keeps the key for repair suggestions; without one, only the environment can give it. */
  readonly adviceKeys?: AdviceKeys;
}

/** How much of what a skill wrote last is looked at for a request for advice, in lines. */
const ADVICE_LOG_LINES = 200;

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
  readonly #advice: RepairAdvice;

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
      knownFix: (skillId) => {
        const { lastError, status } = book.record(skillId);
        const error = status.kind === 'degraded' ? status.reason : lastError;
        return error === null ? null : fixes.bestTitle(error, skillId);
      },
    });
    const fixes = new FixMemory({ fixes: storage.fixes, actions, hub, nowMs });
    const trials = new FixTrials({
      ...{ fixes, incidents, actions, hub, nowMs, report },
      trials: storage.trials,
      isHealthy: (skillId) => book.record(skillId).status.kind === 'healthy',
      carryOut: (skillId, action, origin, reason) =>
        this.#keeper.carryOutFix(skillId, action, { origin, reason }),
    });
    const proposals = new FixProposals({
      ...{ actions, hub, nowMs },
      proposals: storage.proposals,
      troubled: storage.troubled,
      skill: (skillId) => catalog.get(skillId),
      openIncidents: () => incidents.open(),
      wanted: () => config().notifications.enabled,
      explained: (incident) => trials.explains(incident),
    });
    const changed = (skillId: string) => this.#publishSkill(skillId);
    const keeper = new SkillKeeper({
      ...{ clock, catalog, book, monitor, supervisor, plan, actions, incidents, notifications },
      ...{ changed, report },
      trouble: {
        did: (skillId, kind) => {
          proposals.did(skillId, kind);
          trials.inForce(skillId);
        },
        quarantined: (skillId) => trials.quarantined(skillId),
        forget: (ended) => proposals.forget(ended),
      },
    });
    this.#keeper = keeper;
    this.#desk = new HealthDesk({
      ...{ clock, monitor, book, incidents, hub },
      checks: storage.checks,
      trouble: {
        failed: (incident, opened) => {
          if (opened) proposals.opened(incident);
          trials.failed(incident, opened);
        },
        healthy: (skillId, ended) => {
          trials.healthy(skillId);
          proposals.recovered(ended);
        },
      },
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
      refreshed: (skillId) => {
        configDesk.refreshRules(skillId);
        // It is new, gone, or its files changed: whatever was tried on it is in force from here on.
        trials.inForce(skillId);
      },
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
    const hostEnv = options.hostEnv ?? process.env;
    const advice = new RepairAdvice({
      ...{ clock, hub, report },
      provider: openAiProvider,
      keys: options.adviceKeys ?? noAdviceKeys,
      keyInEnv: hostEnv.SKILLWARD_ADVICE_KEY ?? null,
      config: () => config().advice,
      consent: () => configDesk.change({ advice: { consentedPreview: true } }),
      messages: (skillId, error) =>
        adviceMessages({
          skill: keeper.skill(skillId),
          error,
          stderr: storage.logs
            .read({ skillId, stream: 'stderr', limit: ADVICE_LOG_LINES })
            .lines.map((line) => line.text),
          secrets: planner.secrets(skillId),
        }),
    });
    this.#advice = advice;
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
        trials,
        proposals,
        advice,
        tasks,
        taskRunner,
        hub,
      },
      catalogDesk: this.#catalogDesk,
      host: { version, kind: hostKind },
      status: () => this.#status.now(),
      changeConfig: async (patch) => {
        const changedConfig = await configDesk.change(withoutOldConsent(patch, config().advice.baseUrl));
        proposals.settingsChanged(patch);
        return changedConfig;
      },
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
    this.#advice.stop();
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

  #onProcess(skillId: string, state: ProcessState): void {
    if (state === 'running') {
      // This is told of every change of the process column; only a process new to the plan is asked at once.
      if (this.#plan.nextAt(skillId) === null) this.#askFirst(skillId);
    } else {
      this.#plan.removeSkill(skillId);
      if (state === 'starting') this.#keeper.noteStarting(skillId);
      if (state === 'stopping' || state === 'stopped') this.#checks.noteStop(skillId);
    }
    this.#publishSkill(skillId);
  }

  #askFirst(skillId: string): void {
    const intervalMs = this.#view.settings(skillId).health.checkIntervalSecs * 1000;
    this.#plan.setSkill(skillId, intervalMs, this.#clock.monotonicMs(), { soon: true });
    this.#checks.reschedule();
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
