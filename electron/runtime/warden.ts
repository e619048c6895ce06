// Over 200 lines: the one place where the rooms are bound together, so that no other file has to know them all.
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { AppConfigPatch } from '../../shared/model/config.ts';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { SkillProcess } from '../../shared/model/skill.ts';
import { hostIdOf } from '../core/fleet/host-id.ts';
import type { HealthAnswer } from '../core/health/answer.ts';
import { HealthMonitor } from '../core/health/monitor.ts';
import { classifyAnswer } from '../core/health/outcome.ts';
import { redactSecrets } from '../core/redaction/redact.ts';
import { CheckPlan } from '../core/schedule/check-plan.ts';
import { TaskTable } from '../core/schedule/scheduler.ts';
import { HEALTH_TASK_ID } from '../core/schedule/task.ts';
import type { Clock } from '../core/supervision/clock.ts';
import { HostWatch } from '../core/supervision/host-watch.ts';
import { Catalog } from '../skills/catalog.ts';
import { modeOf } from '../skills/catalog-skill.ts';
import { ImportedFolder } from '../skills/mcp-import/imported-folder.ts';
import { Supervisor } from '../skills/supervisor.ts';
import type { ProcessDown } from '../skills/types.ts';
import { CredentialStore } from '../storage/credentials/credential-store.ts';
import { KeyFileSealer } from '../storage/credentials/key-file-sealer.ts';
import type { Sealer } from '../storage/credentials/sealer.ts';
import type { SettingsStore } from '../storage/settings.ts';
import { openStorage, type Storage } from '../storage/storage.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import { ActionLog } from './action-log.ts';
import { CatalogDesk } from './catalog-desk.ts';
import { CheckLoop } from './check-loop.ts';
import { allCommands } from './commands/all.ts';
import { snapshotOf } from './commands/host.ts';
import { ConfigDesk } from './config-desk.ts';
import { CredentialDesk } from './credential-desk.ts';
import { Dispatcher } from './dispatcher.ts';
import { EventHub } from './event-hub.ts';
import { FixMemory, titleOf } from './fix-memory.ts';
import { FixProposals } from './fix-proposals.ts';
import { FixTrials } from './fix-trials.ts';
import { FleetDesk } from './fleet/fleet-desk.ts';
import { HealthDesk } from './health-desk.ts';
import { HostEnvironmentDesk } from './host-environment.ts';
import { hostGapHandler } from './host-gaps.ts';
import { HostMeter } from './host-meter.ts';
import { HostPulse } from './host-pulse.ts';
import { HostStatus } from './host-status.ts';
import { Housekeeping } from './housekeeping.ts';
import { ImportDesk } from './import-desk.ts';
import { IncidentBook } from './incident-book.ts';
import { IncidentDesk } from './incident-desk.ts';
import { LaunchPlanner } from './launch-planner.ts';
import { LogDesk } from './log-desk.ts';
import { NoticeBoard } from './notice-board.ts';
import { NotificationPolicy } from './notification-policy.ts';
import { PackageBook } from './packages/package-book.ts';
import { PackageFolders } from './packages/package-folders.ts';
import { PackageRooms } from './packages/package-rooms.ts';
import { realClock } from './real-clock.ts';
import { type AdviceKeys, RepairAdvice } from './repair-advice.ts';
import { adviceMessages } from './repair-advice-context.ts';
import { noAdviceKeys, withoutOldConsent } from './repair-advice-keys.ts';
import { openAiProvider } from './repair-advice-openai.ts';
import type { Rooms } from './rooms.ts';
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
  /** How this host keeps credentials; without one, sealed with a key in a file outside the data folder. */
  readonly credentialSealer?: Sealer;
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
  readonly #meter: HostMeter;
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
  readonly #imported: ImportedFolder;
  readonly #catalog: Catalog;
  readonly #incidents: IncidentBook;
  readonly #proposals: FixProposals;
  readonly #notifications: NotificationPolicy;
  readonly #credentialStore: CredentialStore;
  readonly #packages: PackageRooms;
  readonly #telemetry: Telemetry;
  readonly #fleet: FleetDesk;

  constructor(options: WardenOptions) {
    const { dataDir, hostKind, report, settings, version } = options;
    const clock = options.clock ?? realClock;
    const nowMs = () => clock.nowMs();
    const config = () => settings.get();
    const plan = this.#plan;
    this.#options = options;
    this.#clock = clock;
    this.#meter = new HostMeter(clock);

    const hub = new EventHub(clock, () => this.#supervisor.audienceChanged());
    this.hub = hub;
    this.#notices = new NoticeBoard(hub, nowMs);
    const { logFiles, logFileBytes } = config().retention;
    const onNotice = this.#notices.put.bind(this.#notices);
    const storage = openStorage({ dataDir, nowMs, logFiles, logFileBytes, onNotice });
    this.#storage = storage;
    for (const notice of storage.notices) this.#notices.put(notice);
    if (settings.problem !== null) this.#notices.put(settings.problem);

    const imported = new ImportedFolder(dataDir);
    this.#imported = imported;
    const packageFolders = new PackageFolders(dataDir);
    const storageMode = () => storage.mode;
    const packages = new PackageBook({ versions: storage.versions, folders: packageFolders, storageMode });
    const catalog = new Catalog(this.#skillFolders(), () => packages.places());
    this.#catalog = catalog;
    const hostEnv = options.hostEnv ?? process.env;
    const makeSealer = (usedKeys: ReadonlySet<string>) =>
      options.credentialSealer ??
      new KeyFileSealer({
        ...{ dataDir, usedKeys, instanceId: storage.instanceId, env: hostEnv },
        platform: process.platform,
      });
    const credentialStore = new CredentialStore({ dataDir, nowMs, makeSealer });
    this.#credentialStore = credentialStore;
    const credentials = new CredentialDesk({ store: credentialStore, hostEnv, skills: () => catalog.list() });
    const secrets = (skillId: string) => credentials.secrets(skillId);
    const mask = (skillId: string, text: string) => redactSecrets(text, secrets(skillId));
    const planner = new LaunchPlanner({
      ...{ clock, catalog, dataDir, hostEnv, credentials },
      adopt: (skillId) => this.#catalogDesk.adopt(skillId),
    });
    const logs = new LogDesk({
      clock,
      logs: storage.logs,
      hub,
      secrets,
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
      onProcess: (skillId, process) => this.#onProcess(skillId, process),
      onDown: (skillId, down) => this.#onDown(skillId, down),
      mode: (skillId) => modeOf(catalog.get(skillId)),
      onRun: (skillId, answer) => this.#onRun(skillId, answer),
      onLog: (line) => logs.write(line),
      watched: () => hub.hasListeners,
      counted: () => hub.hasCounters,
      mask,
    });
    this.#supervisor = supervisor;
    const nextCheckAt = (skillId: string) => this.#nextCheckAt(skillId);
    const view = new SkillView({
      ...{ clock, catalog, book, monitor, supervisor, config, credentials, packages, nextCheckAt },
    });
    this.#view = view;

    const actions = new ActionLog({ actions: storage.actions, noticeLog: storage.noticeLog, hub, nowMs });
    const incidents = new IncidentBook({
      incidents: storage.incidents,
      clock,
      onChanged: (incident) => hub.publish('incident.changed', { incident }, String(incident.id)),
      onAcknowledgementOver: (incident) => incidentDesk.acknowledgementOver(incident),
    });
    this.#incidents = incidents;
    const notifications = new NotificationPolicy({
      ...{ clock, actions, incidents },
      config: () => config().notifications,
      skillName: (skillId) => catalog.get(skillId)?.name ?? skillId,
      status: (skillId) => book.record(skillId).status,
      error: (skillId) => {
        const { lastError, status } = book.record(skillId);
        return status.kind === 'degraded' ? status.reason : lastError;
      },
      knownFix: (error, skillId) => fixes.bestTitle(error, skillId),
    });
    this.#notifications = notifications;
    const fixes = new FixMemory({ fixes: storage.fixes, actions, hub, nowMs });
    const incidentDesk = new IncidentDesk({
      ...{ incidents, actions, nowMs },
      fixTitle: (fixId) => titleOf(fixes.get(fixId)),
      inService: (skillId) =>
        catalog.get(skillId) !== undefined && book.get(skillId).lifecycle !== 'disabled',
      newest: ({ skillId, signature }) => storage.incidents.list({ skillId, signature, limit: 1 })[0],
      resumed: (incident) => proposals.opened(incident),
      closed: (incident) => proposals.forget([incident]),
    });
    const trials = new FixTrials({
      ...{ fixes, incidents, actions, hub, nowMs, report },
      trials: storage.trials,
      isHealthy: (skillId) => book.record(skillId).status.kind === 'healthy',
      carryOut: (skillId, action, origin, reason) =>
        this.#keeper.carryOutFix(skillId, action, { origin, reason }),
    });
    const proposals = new FixProposals({
      ...{ notifications, hub, nowMs },
      proposals: storage.proposals,
      troubled: storage.troubled,
      skill: (skillId) => catalog.get(skillId),
      openIncidents: () => incidents.open(),
      wanted: () => config().notifications.enabled,
      explained: (incident) => trials.explains(incident),
    });
    this.#proposals = proposals;
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
      ...{ clock, monitor, book, incidents, hub, secrets },
      checks: storage.checks,
      trouble: {
        failed: (incident, opened) => {
          if (opened) proposals.opened(incident);
          trials.failed(incident, opened);
        },
        healthy: (skillId, ended) => {
          trials.healthy(skillId);
          packages.noteHealthy(skillId, nowMs());
          proposals.recovered(ended);
        },
      },
      judged: (skillId, well) => notifications.judged(skillId, well),
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
      onGap: hostGapHandler({ actions, taskRunner, notifications, report }),
    });
    const configDesk = new ConfigDesk({
      ...{ clock, settings, actions, hub, catalog, monitor, plan, view, checks, tasks, taskRunner, changed },
      foldersChanged: async () => {
        catalog.setFolders(this.#skillFolders());
        await this.#reload();
      },
    });
    this.#catalogDesk = new CatalogDesk({
      ...{ catalog, supervisor, keeper, book, plan, changed, report },
      read: () => this.#packages.foldersRead(),
      refreshed: (skillId) => {
        configDesk.refreshRules(skillId);
        if (catalog.get(skillId) === undefined) this.#endIncidentsOf(skillId);
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
    this.#telemetry = new Telemetry({
      ...{ clock, report, version },
      hostId: hostIdOf(storage.instanceId),
      hostName: hostname(),
      config: () => config().telemetry,
      skills: () => view.all(),
      incidents: () => incidents.open(),
      status: () => this.#status.now(),
      onEvents: (listener) => hub.subscribeQuietly(listener),
      say: (level, code, message) => this.#notices.say(level, code, message),
    });
    const advice = new RepairAdvice({
      ...{ clock, hub, report },
      provider: openAiProvider,
      keys: options.adviceKeys ?? noAdviceKeys,
      keyInEnv: hostEnv.SKILLWARD_ADVICE_KEY ?? null,
      config: () => config().advice,
      consent: () => configDesk.change({ advice: { consentedPreview: true } }),
      messages: async (skillId, error) => {
        const skill = keeper.skill(skillId);
        const { lines } = await storage.logs.read({ skillId, stream: 'stderr', limit: ADVICE_LOG_LINES });
        return adviceMessages({
          ...{ skill, error, secrets: secrets(skillId) },
          stderr: lines.map((line) => line.text),
        });
      },
    });
    this.#advice = advice;
    this.#packages = new PackageRooms({
      ...{ clock, dataDir, hostEnv, hub, book, catalog, keeper, supervisor, view, actions, incidents },
      ...{ credentials, packages, storage, storageMode, mask, changed, report },
      instanceId: storage.instanceId,
      folders: packageFolders,
      catalogDesk: this.#catalogDesk,
      skillsFolders: () => this.#skillFolders(),
      inService: (skillId) => this.#askFirst(skillId),
      say: (message) => this.#notices.say('warning', 'packages-found', message),
    });
    const changeConfig = async (patch: AppConfigPatch) => {
      const changedConfig = await configDesk.change(withoutOldConsent(patch, config().advice.baseUrl));
      proposals.settingsChanged(patch);
      this.#telemetry.configChanged();
      this.#fleet.configChanged();
      return changedConfig;
    };
    this.#fleet = new FleetDesk({
      ...{ clock, dataDir, hub, makeSealer, report, version, changeConfig, fixes },
      sharedFixes: storage.sharedFixes,
      skillSecrets: () => catalog.list().flatMap(({ id }) => [...secrets(id)]),
      instanceId: storage.instanceId,
      random: options.random ?? Math.random,
      config: () => config().fleet,
      dispatch: (message, context) => this.dispatcher.dispatch(message, context),
      say: onNotice,
      snapshot: () => snapshotOf(rooms),
      skills: () => view.all(),
      openIncidents: () => incidents.open().length,
      lag: () => this.#meter.lag(),
    });
    const rooms: Rooms = {
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
        incidentDesk,
        fixes,
        trials,
        proposals,
        advice,
        tasks,
        taskRunner,
        hub,
        actions,
        credentials,
        packages: this.#packages,
      },
      catalogDesk: this.#catalogDesk,
      imports: new ImportDesk({
        ...{ catalog, credentials, book, actions, imported, hostEnv },
        folders: () => this.#folders(),
        reload: async () => {
          catalog.setFolders(this.#skillFolders());
          await this.#reload();
        },
      }),
      host: { version, kind: hostKind },
      environment: new HostEnvironmentDesk({ catalog, dataDir, hostEnv, folders: () => this.#folders() }),
      status: () => this.#status.now(),
      tell: (notice) => actions.notify(notice),
      changeConfig,
      fleet: this.#fleet,
    };
    this.dispatcher = new Dispatcher(allCommands(rooms), (command, error) =>
      report(`command ${command}`, error),
    );
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
    for (const notice of await this.#credentialStore.open()) this.#notices.put(notice);
    await this.#packages.recover();
    this.#tasks.restore(this.#storage.tasks.all());
    const { checkIntervalSecs } = this.#options.settings.get().health;
    this.#tasks.withSkillHealthChecks(checkIntervalSecs, this.#clock.nowMs());
    this.#taskRunner.saved(HEALTH_TASK_ID);
    this.#incidents.start();
    this.#checks.start();
    this.#taskRunner.start();
    this.#housekeeping.start();
    await this.#reload();
    this.#packages.start();
    this.#telemetry.configChanged();
    this.#fleet.start();
    // A skills folder that cannot be read today says nothing about its skills.
    if (this.#catalog.folderProblems().length > 0) return;
    for (const { skillId } of this.#incidents.open()) {
      if (this.#catalog.get(skillId) === undefined) this.#endIncidentsOf(skillId);
    }
  }

  /** Stops every skill at once within `budgetMs`, then closes the books. Nothing is started any more. */
  async stop(budgetMs: number): Promise<{ readonly unkillable: readonly string[] }> {
    this.#pulse.stop();
    this.#checks.stop();
    this.#advice.stop();
    this.#taskRunner.stop();
    this.#housekeeping.stop();
    const packagesStopped = this.#packages.stop();
    const telemetryStopped = this.#telemetry.stop();
    const fleetStopped = this.#fleet.stop();
    const [{ unkillable }] = await Promise.all([
      this.#supervisor.stopAll(budgetMs),
      packagesStopped,
      telemetryStopped,
      fleetStopped,
    ]);
    this.#incidents.stop();
    this.#notifications.stop();
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

  /** The skill is gone: nothing of it can fail or recover any more. */
  #endIncidentsOf(skillId: string): void {
    this.#proposals.forget(this.#incidents.recovered(skillId, this.#clock.nowMs(), 'out-of-service'));
  }

  #folders(): string[] {
    return [...new Set([...this.#options.folders, ...this.#options.settings.get().skills.folders])];
  }

  /** The folders people named, and the one imports are kept in as soon as there is one. */
  #skillFolders(): string[] {
    const { root } = this.#imported;
    return existsSync(root) ? [...this.#folders(), root] : this.#folders();
  }

  #onProcess(skillId: string, { cause, pid, state }: SkillProcess): void {
    // Until there is something newer, what ended the last run under an earlier host is what is known.
    if (cause !== null || pid !== null || state !== 'starting') this.#book.noteCause(skillId, cause);
    if (this.#supervisor.isAskable(skillId)) {
      // This is told of every change of the process column; only a process new to the plan is asked at once.
      // Who is being tried is asked by whoever tries it.
      const tried = this.#book.get(skillId).lifecycle === 'testing';
      if (this.#plan.nextAt(skillId) === null && !tried) this.#askFirst(skillId);
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

  /** A run somebody invoked counts like one a check began; a paused or quarantined skill has none. */
  #onRun(skillId: string, answer: HealthAnswer): void {
    if (!this.#book.isInService(skillId)) return;
    const latencyMs = 'latencyMs' in answer ? answer.latencyMs : null;
    this.#desk.enter(skillId, classifyAnswer(answer, this.#view.settings(skillId).health), latencyMs);
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
