import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HealthAnswer } from '../../../electron/core/health/answer.ts';
import { Supervisor } from '../../../electron/skills/supervisor.ts';
import type {
  LaunchPlan,
  PlanResult,
  ProcessDown,
  RunRecord,
  SkillLogLine,
} from '../../../electron/skills/types.ts';
import type { HealthMonitorConfig, RestartConfig } from '../../../shared/model/config.ts';
import type { SkillProcess } from '../../../shared/model/skill.ts';
import { carriersOf, LeakCheck } from './leaks.ts';
import { Liveness } from './liveness.ts';
import { python } from './python.ts';
import { defaultHealth, defaultRestart } from './settings.ts';
import { systemClock } from './system-clock.ts';
import { until } from './until.ts';

const fixtures = fileURLToPath(new URL('../skills/', import.meta.url));

/** What differs from a plain `python3 <fixture> <args>`. */
export interface SkillUnderTest {
  readonly script: string;
  readonly args?: readonly string[];
  readonly plan?: Partial<LaunchPlan>;
  readonly restart?: Partial<RestartConfig>;
  readonly health?: Partial<HealthMonitorConfig>;
}

let benches = 0;

/**
 * A real supervisor over real Python processes, everything it says written down, with a proof of death for every
 * process and a look for leaks when it closes.
 */
export class Bench {
  readonly supervisor: Supervisor;
  readonly liveness: Liveness;
  readonly downs: { skillId: string; down: ProcessDown }[] = [];
  /** Runs of one-shot skills that were invoked. */
  readonly runs: { skillId: string; answer: HealthAnswer }[] = [];
  readonly processes: { skillId: string; process: SkillProcess }[] = [];
  readonly logs: SkillLogLine[] = [];
  readonly notifications: { method: string; params: unknown }[] = [];
  readonly records = new Map<string, RunRecord>();
  readonly instanceId: string;
  readonly skills: Record<string, SkillUnderTest | PlanResult>;
  /** What the monitor would do when a skill goes down; nothing unless a test says so. */
  onDown: (skillId: string, down: ProcessDown) => void = () => {};
  readonly #leaks: LeakCheck;
  readonly #folder: string;

  private constructor(
    skills: Record<string, SkillUnderTest | PlanResult>,
    liveness: Liveness,
    leaks: LeakCheck,
    instanceId: string,
  ) {
    this.skills = skills;
    this.liveness = liveness;
    this.instanceId = instanceId;
    this.#leaks = leaks;
    this.#folder = mkdtempSync(join(tmpdir(), 'skillward-bench-'));
    this.supervisor = new Supervisor({
      clock: systemClock,
      random: () => 0,
      hostVersion: '0.0.0-test',
      instanceId,
      registry: {
        put: (record) => void this.records.set(record.runId, record),
        remove: (_skillId, runId) => void this.records.delete(runId),
        all: () => [...this.records.values()],
      },
      plan: async (skillId) => this.#plan(skillId),
      settings: (skillId) => {
        const skill = this.skills[skillId];
        const own = skill !== undefined && 'script' in skill ? skill : null;
        return {
          restart: { ...defaultRestart, ...own?.restart },
          health: { ...defaultHealth, ...own?.health },
        };
      },
      onProcess: (skillId, process) => void this.processes.push({ skillId, process }),
      onDown: (skillId, down) => {
        this.downs.push({ skillId, down });
        this.onDown(skillId, down);
      },
      mode: (skillId) => {
        const skill = this.skills[skillId];
        return skill !== undefined && 'script' in skill && skill.plan?.oneShot ? 'one-shot' : 'daemon';
      },
      onRun: (skillId, answer) => void this.runs.push({ skillId, answer }),
      onLog: (line) => void this.logs.push(line),
      onNotification: (_skillId, method, params) => void this.notifications.push({ method, params }),
    });
  }

  static async open(skills: Record<string, SkillUnderTest | PlanResult>): Promise<Bench> {
    benches += 1;
    const instanceId = `bench-${process.pid}-${benches}-${Date.now().toString(36)}`;
    const leaks = new LeakCheck(`${instanceId}.`);
    return new Bench(skills, await Liveness.open(), leaks, instanceId);
  }

  /** Every state the skill's process column went through, repetitions left out. */
  states(skillId: string): readonly string[] {
    const states = this.processes.flatMap((entry) =>
      entry.skillId === skillId ? [entry.process.state] : [],
    );
    return states.filter((state, at) => state !== states[at - 1]);
  }

  text(stream: SkillLogLine['stream']): string {
    return this.logs.flatMap((line) => (line.stream === stream ? [line.text] : [])).join('\n');
  }

  async downCount(count: number): Promise<ProcessDown> {
    await until(() => this.downs.length >= count, `${count} × onDown`);
    const last = this.downs[count - 1];
    if (last === undefined) throw new Error('unreachable');
    return last.down;
  }

  async state(skillId: string, state: SkillProcess['state']): Promise<SkillProcess> {
    await until(() => this.supervisor.process(skillId).state === state, `${skillId} is ${state}`);
    return this.supervisor.process(skillId);
  }

  /** Waits until the skill's present process has connected back, and answers its pid. */
  async connected(skillId: string): Promise<number> {
    const { pid } = this.supervisor.process(skillId);
    if (pid === null) throw new Error(`${skillId} has no process`);
    await until(() => this.liveness.living().includes(pid), `${skillId} has connected`);
    return pid;
  }

  /** Nothing that carries a run id of this bench lives *now*; the connections only have to notice. */
  async nothingLives(): Promise<void> {
    const living = await carriersOf(`${this.instanceId}.`);
    if (living.length > 0) throw new Error(`still living: ${living.join(', ')}`);
    await this.liveness.died();
  }

  /** Ends everything and fails when a process or a descriptor is left. */
  async close(): Promise<void> {
    await this.supervisor.stopAll();
    await this.liveness.died();
    await this.liveness.close();
    rmSync(this.#folder, { recursive: true });
    await this.#leaks.check();
  }

  #plan(skillId: string): PlanResult {
    const skill = this.skills[skillId];
    if (skill === undefined) return { ok: false, message: `no such skill: ${skillId}` };
    if (!('script' in skill)) return skill;
    return {
      ok: true,
      plan: {
        skillId,
        protocol: 'skill',
        command: python,
        args: [join(fixtures, skill.script), ...(skill.args ?? [])],
        cwd: this.#folder,
        env: {
          PATH: process.env.PATH ?? '',
          PYTHONUNBUFFERED: '1',
          PYTHONIOENCODING: 'utf-8',
          PYTHONDONTWRITEBYTECODE: '1',
          LIVENESS_PORT: `${this.liveness.port}`,
        },
        interpreter: 'python3',
        expectedName: skillId,
        ...skill.plan,
      },
    };
  }
}
