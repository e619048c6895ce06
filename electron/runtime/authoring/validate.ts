// Over 200 lines: the order of the questions is the point, and each answer decides whether the next makes sense.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { appConfigSchema } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { measureSkillHealth } from '../../core/health/check-skill-health.ts';
import { resolveSkillConfig } from '../../core/health/config.ts';
import { durationInWords } from '../../core/health/words.ts';
import { type CatalogSkill, modeOf } from '../../skills/catalog-skill.ts';
import { planLaunch } from '../../skills/interpreter.ts';
import { InterpreterProbe, programFinder } from '../../skills/interpreter-probe.ts';
import { inheritedEnvironment } from '../../skills/launch-env.ts';
import { inspectPackage } from '../../skills/packages/inspect.ts';
import { locateSkill } from '../../skills/packages/locate.ts';
import { Supervisor } from '../../skills/supervisor.ts';
import { type LaunchPlan, type PlanResult, SupervisionError } from '../../skills/types.ts';
import { listTools } from '../mcp-tools.ts';
import { realClock } from '../real-clock.ts';
import { hostileSteps } from './hostile.ts';
import type { Validation, ValidationStep } from './validation.ts';

export interface ValidateOptions {
  readonly version: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** When it is aborted, everything that was started is killed at once. */
  readonly signal?: AbortSignal;
}

/**
 * Tries a skill as a host would, without one: manifest, handshake, health, shutdown, and messages no client should send.
 * It is really started, in its own folder, with a data folder that is thrown away. Nothing of it lives afterwards.
 */
export async function validateSkill(place: string, options: ValidateOptions): Promise<Validation> {
  const located = await locateSkill(path.resolve(place));
  if (!located.ok) {
    const message = `${located.message}. Make a new one with: skillward new <id>`;
    return { id: null, steps: [{ what: 'manifest', level: 'error', message }] };
  }
  const { skill } = located.located;
  if (skill.broken !== null) {
    const { file, line, message } = skill.broken;
    const where = path.relative(path.dirname(skill.manifestFile), file) || path.basename(file);
    const words = `${where}${line === null ? '' : `, line ${line}`}: ${message}`;
    return { id: null, steps: [{ what: 'manifest', level: 'error', message: words, remedy: 'mend-files' }] };
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'skillward-validate-'));
  const trial = new Trial(skill, dataDir, options);
  options.signal?.addEventListener('abort', () => trial.killNow());
  try {
    const inspected = await inspectPackage(located.located, trial.world);
    // A source Python cannot read is told by the start, in the words the dashboard has for it.
    const findings = inspected.findings
      .filter(({ level }) => level === 'warning')
      .map(({ file, line, message }): ValidationStep => {
        const text = `${file}${line === null ? '' : `, line ${line}`}: ${message}`;
        return { what: 'files', level: 'warning', message: text };
      });
    const manifest: ValidationStep = {
      what: 'manifest',
      level: 'ok',
      message: `${skill.name} ${skill.version}, ${skill.mode}`,
    };
    return { id: skill.id, steps: [manifest, ...findings, ...(await trial.run())] };
  } finally {
    await trial.end();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One skill, one supervisor, no host. */
class Trial {
  readonly #skill: CatalogSkill;
  readonly #dataDir: string;
  readonly #options: ValidateOptions;
  readonly #config: Skill['config'];
  readonly #supervisor: Supervisor;
  readonly #which: (name: string) => Promise<string | null>;
  readonly #runIds: string;
  #rawRuns = 0;
  #plan: LaunchPlan | null = null;

  constructor(skill: CatalogSkill, dataDir: string, options: ValidateOptions) {
    this.#skill = skill;
    this.#dataDir = dataDir;
    this.#options = options;
    this.#config = resolveSkillConfig(appConfigSchema.parse({}), skill.override, undefined);
    this.#which = programFinder(options.hostEnv, process.platform);
    this.#runIds = `validate-${process.pid}`;
    this.#supervisor = new Supervisor({
      clock: realClock,
      random: Math.random,
      hostVersion: options.version,
      instanceId: this.#runIds,
      registry: { put: () => {}, remove: () => {}, all: () => [] },
      plan: () => this.#makePlan(),
      settings: () => this.#config,
      mode: () => modeOf(skill),
      onProcess: () => {},
      onDown: () => {},
      onLog: () => {},
    });
  }

  get world() {
    const { platform } = process;
    const env = inheritedEnvironment(this.#options.hostEnv, platform);
    return { which: this.#which, probe: new InterpreterProbe(), platform, env };
  }

  async run(): Promise<readonly ValidationStep[]> {
    const missing = this.#missingCredentials();
    if (this.#skill.mode === 'one-shot') return [...missing, ...(await this.#tryRuns())];
    return [...missing, ...(await this.#tryDaemon())];
  }

  /** Whatever carries a run id of this trial, also what it was spoken to by hand. */
  killNow(): void {
    this.#supervisor.killAllNow();
  }

  async end(): Promise<void> {
    await this.#supervisor.stopAll();
  }

  async #tryDaemon(): Promise<readonly ValidationStep[]> {
    const { id } = this.#skill;
    const started = await this.#start('handshake');
    if (started !== null) return [started];
    const protocol = this.#supervisor.protocol(id) ?? 'skill';
    const { interpreter } = this.#supervisor.process(id);
    const spoken = protocol === 'mcp' ? 'MCP' : 'the skill protocol';
    const steps: ValidationStep[] = [
      { what: 'handshake', level: 'ok', message: `speaks ${spoken}, started with ${interpreter}` },
      await this.#askHealth(),
    ];
    if (protocol === 'mcp') steps.push(await this.#listTools());
    steps.push(...this.#noise(), await this.#stop());
    if (this.#plan !== null && steps.every(({ level }) => level !== 'error')) {
      const nextRunId = () => `${this.#runIds}.raw.${++this.#rawRuns}`;
      steps.push(...(await hostileSteps(this.#plan, protocol, nextRunId)));
    }
    return steps;
  }

  /** A run of a one-shot skill is its work: only one that checks run anyway is run here. */
  async #tryRuns(): Promise<readonly ValidationStep[]> {
    const started = await this.#start('start');
    if (started !== null) return [started];
    if (modeOf(this.#skill) === 'one-shot-on-demand') {
      const message =
        'it runs on demand only, and what that does is not known: try it with skillward call skill.invoke';
      return [{ what: 'run', level: 'skipped', message }];
    }
    return [await this.#askHealth('run')];
  }

  async #start(what: string): Promise<ValidationStep | null> {
    try {
      await this.#supervisor.start(this.#skill.id);
      return null;
    } catch (error) {
      if (!(error instanceof SupervisionError)) throw error;
      const remedy = error.cause?.remedy;
      return { what, level: 'error', message: error.message, ...(remedy === undefined ? {} : { remedy }) };
    }
  }

  async #askHealth(what = 'health'): Promise<ValidationStep> {
    const { id } = this.#skill;
    const { outcome, latencyMs } = await measureSkillHealth(this.#supervisor, id, this.#config.health);
    const took = latencyMs === null ? '' : `, after ${durationInWords(latencyMs)}`;
    switch (outcome.kind) {
      case 'healthy':
        return { what, level: 'ok', message: `healthy${took}` };
      case 'degraded':
        return { what, level: 'warning', message: `degraded${took}: ${outcome.detail}` };
      case 'failed':
        return { what, level: 'error', message: outcome.error };
      case 'unreachable': {
        const remedy = this.#supervisor.process(id).cause?.remedy;
        const wayOut = outcome.cause === 'hang' ? ': answer from what is known, without waiting' : '';
        const message = `${outcome.reason}${wayOut}`;
        return { what, level: 'error', message, ...(remedy === undefined ? {} : { remedy }) };
      }
    }
  }

  async #listTools(): Promise<ValidationStep> {
    try {
      const tools = await listTools(this.#supervisor, this.#skill.id, () => realClock.monotonicMs());
      const names = tools.map(({ name }) => name).join(', ');
      return tools.length === 0
        ? {
            what: 'tools',
            level: 'warning',
            message: 'it offers none: list them in the answer to tools/list',
          }
        : { what: 'tools', level: 'ok', message: names };
    } catch (error) {
      return {
        what: 'tools',
        level: 'warning',
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }

  #noise(): readonly ValidationStep[] {
    const { nonJsonLines, strayAnswers } = this.#supervisor.process(this.#skill.id).noise;
    const steps: ValidationStep[] = [];
    if (nonJsonLines > 0) {
      const lines = nonJsonLines === 1 ? 'a line that is' : `${nonJsonLines} lines that are`;
      const message = `it printed ${lines} not JSON on standard output: print them to standard error`;
      steps.push({ what: 'output', level: 'warning', message });
    }
    if (strayAnswers > 0) {
      const message = 'it answered what nobody asked, or twice: give each answer the `id` of its request';
      steps.push({ what: 'output', level: 'warning', message });
    }
    return steps;
  }

  async #stop(): Promise<ValidationStep> {
    const { id } = this.#skill;
    const startedMs = realClock.monotonicMs();
    await this.#supervisor.stop(id);
    const took = durationInWords(realClock.monotonicMs() - startedMs);
    const { cause } = this.#supervisor.process(id);
    if (cause?.exitCode === 0)
      return { what: 'shutdown', level: 'ok', message: `exit code 0, after ${took}` };
    const how = cause?.signal === null ? `ended with exit code ${cause.exitCode}` : 'did not end by itself';
    const message = `it ${how}: answer skill.shutdown and end with exit code 0, also when standard input ends`;
    return { what: 'shutdown', level: 'warning', message };
  }

  #missingCredentials(): readonly ValidationStep[] {
    return this.#declared()
      .filter(({ value, required }) => value === null && required)
      .map(({ name, envVar }) => ({
        what: 'credentials',
        level: 'warning' as const,
        message: `\`${name}\` is not set here and was replaced by a placeholder: to try it with yours, set ${envVar}`,
      }));
  }

  #declared() {
    return (this.#skill.manifest?.credentials ?? []).map(({ name, envVar, required, default: preset }) => ({
      ...{ name, envVar, required },
      value: this.#options.hostEnv[envVar] || preset,
    }));
  }

  async #makePlan(): Promise<PlanResult> {
    const credentials = this.#declared().flatMap(({ name, required, value }) =>
      value !== null ? [[name, value]] : required ? [[name, 'placeholder']] : [],
    );
    const result = await planLaunch(this.#skill, {
      dataDir: this.#dataDir,
      hostEnv: this.#options.hostEnv,
      credentials: Object.fromEntries(credentials),
      platform: process.platform,
      which: this.#which,
    });
    if (result.ok) this.#plan = result.plan;
    return result;
  }
}
