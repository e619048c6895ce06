import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { CommandError } from '../../shared/contract/index.ts';
import { redactSecrets } from '../core/redaction/redact.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import { installerEnvironment } from '../skills/environments/environment-env.ts';
import {
  beginEnvironment,
  discardEnvironment,
  environmentsOf,
  finishEnvironment,
} from '../skills/environments/environment-folder.ts';
import { EnvironmentJob, type EnvironmentJobEnd } from '../skills/environments/environment-job.ts';
import { type EnvironmentPlan, planEnvironment } from '../skills/environments/environment-plan.ts';
import type { ChoiceWorld } from '../skills/interpreter-world.ts';
import type { ProcessTree } from '../skills/process-tree.ts';
import type { Spawn } from '../skills/spawn.ts';
import type { ActionLog } from './action-log.ts';
import type { EventHub } from './event-hub.ts';
import type { SkillKeeper } from './skill-keeper.ts';

/** What one job may show in all; an installer that goes on about it is not shown any further. Characters. */
const MAX_OUTPUT_CHARS = 1_000_000;
/** How long output is gathered before it is sent, ms. */
const RELAY_GAP_MS = 100;

export interface EnvironmentJobsPorts {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** Every run id of this host begins with it. */
  readonly instanceId: string;
  readonly spawn: Spawn;
  readonly tree: ProcessTree;
  readonly world: ChoiceWorld;
  readonly keeper: SkillKeeper;
  readonly actions: ActionLog;
  readonly hub: EventHub;
  report(message: string, error: unknown): void;
}

interface Running {
  readonly skillId: string;
  readonly job: EnvironmentJob;
  readonly over: Promise<void>;
}

/**
 * Makes Python environments for skills, because a person said so and never otherwise: it is the one thing Skillward does
 * that may download something. One job per skill; what is not finished is not used.
 */
export class EnvironmentJobs {
  readonly #ports: EnvironmentJobsPorts;
  readonly #running = new Map<string, Running>();
  #stopped = false;

  constructor(ports: EnvironmentJobsPorts) {
    this.#ports = ports;
  }

  /** What would be done. Throws `CommandError` where nothing can be: the message says what to do instead. */
  async plan(skillId: string): Promise<EnvironmentPlan> {
    const { dataDir, keeper, world } = this.#ports;
    const result = await planEnvironment(keeper.skill(skillId), world, dataDir);
    if (result.ok) return result.plan;
    throw new CommandError('conflict', `No environment can be made for ${skillId}: ${result.message}.`);
  }

  /** Begins a job; its output comes as events. Returns its id. Throws `CommandError`. */
  async create(skillId: string): Promise<string> {
    const plan = await this.plan(skillId);
    if (this.#stopped) throw new CommandError('unavailable', 'the host is closing');
    const busy = [...this.#running].find(([, running]) => running.skillId === skillId);
    if (busy !== undefined)
      throw new CommandError('conflict', `The environment of ${skillId} is being made already.`, {
        jobId: busy[0],
      });
    const jobId = randomUUID();
    const output = new Output(jobId, skillId, this.#ports);
    const { clock, hostEnv, instanceId, spawn, tree, world } = this.#ports;
    const job = new EnvironmentJob(plan, {
      ...{ clock, spawn, tree },
      env: installerEnvironment(hostEnv, world.platform),
      runId: `${instanceId}.environment-${jobId}`,
      onOutput: (text) => output.add(text),
    });
    const over = this.#carryOut(skillId, plan, job, output).finally(() => this.#running.delete(jobId));
    this.#running.set(jobId, { skillId, job, over });
    return jobId;
  }

  /** False when there is no such job any more. */
  cancel(jobId: string): boolean {
    const running = this.#running.get(jobId);
    running?.job.cancel();
    return running !== undefined;
  }

  /** Takes away what was made for a skill; a job on it is ended first. */
  async remove(skillId: string): Promise<void> {
    for (const running of [...this.#running.values()].filter((other) => other.skillId === skillId)) {
      running.job.cancel();
      await running.over;
    }
    await rm(environmentsOf(this.#ports.dataDir, skillId), { recursive: true, force: true, maxRetries: 3 });
  }

  /** The host closes: every job is killed, and what it had made so far goes. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { job } of this.#running.values()) job.killNow();
    await Promise.all([...this.#running.values()].map(({ over }) => over));
  }

  async #carryOut(
    skillId: string,
    plan: EnvironmentPlan,
    job: EnvironmentJob,
    output: Output,
  ): Promise<void> {
    let end: EnvironmentJobEnd;
    try {
      await beginEnvironment(plan.folder);
      end = await job.run();
      if (end.kind === 'done') await finishEnvironment(plan.folder);
      else await discardEnvironment(plan.folder);
    } catch (error) {
      end = { kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
      this.#ports.report(`making the environment of ${skillId}`, error);
    }
    if (!this.#stopped) this.#record(skillId, plan, end);
    output.end(end);
    if (end.kind === 'done') this.#ports.keeper.tryMisconfigured(skillId);
  }

  #record(skillId: string, { dependencies }: EnvironmentPlan, end: EnvironmentJobEnd): void {
    const reason = redactSecrets(`environment with ${dependencies.join(', ')}`.slice(0, 300));
    const result =
      end.kind === 'done' ? 'done' : end.kind === 'failed' ? `failed: ${end.problem}` : 'cancelled';
    this.#ports.actions.record({ kind: 'createEnvironment', skillId, origin: 'user', reason, result });
  }
}

/** The output of one job on its way to whoever is watching: masked, bounded, at most ten events a second. */
class Output {
  readonly #jobId: string;
  readonly #skillId: string;
  readonly #ports: Pick<EnvironmentJobsPorts, 'clock' | 'hub'>;
  #waiting = '';
  #sent = 0;
  #full = false;
  #timer: Timer | null = null;

  constructor(jobId: string, skillId: string, ports: Pick<EnvironmentJobsPorts, 'clock' | 'hub'>) {
    this.#jobId = jobId;
    this.#skillId = skillId;
    this.#ports = ports;
  }

  add(text: string): void {
    if (this.#full) return;
    this.#waiting += redactSecrets(text);
    if (this.#sent + this.#waiting.length > MAX_OUTPUT_CHARS) {
      this.#full = true;
      this.#waiting = `${this.#waiting.slice(0, MAX_OUTPUT_CHARS - this.#sent).toWellFormed()}\n… more output is not shown\n`;
    }
    this.#timer ??= this.#ports.clock.after(RELAY_GAP_MS, () => this.#send({}));
  }

  end(end: EnvironmentJobEnd): void {
    this.#send({ end: end.kind, ...(end.kind === 'failed' ? { problem: redactSecrets(end.problem) } : {}) });
  }

  #send(last: { readonly end?: EnvironmentJobEnd['kind']; readonly problem?: string }): void {
    this.#timer?.cancel();
    this.#timer = null;
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '' && last.end === undefined) return;
    const { hub } = this.#ports;
    hub.publish('environment.output', {
      jobId: this.#jobId,
      skillId: this.#skillId,
      offset: this.#sent,
      text,
      ...last,
    });
    this.#sent += text.length;
  }
}
