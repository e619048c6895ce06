import type { HealthMonitorConfig, RestartConfig } from '../../shared/model/config.ts';
import type { HealthCheckOutcome } from '../../shared/model/health.ts';
import type { LogStream } from '../../shared/model/log.ts';
import type { ProcessCause, Remedy, SkillProcess, SkillProtocol } from '../../shared/model/skill.ts';
import type { HealthAnswer } from '../core/health/answer.ts';
import type { Clock } from '../core/supervision/clock.ts';

/** How a one-shot skill is run: a process for each run, which reads one request and prints one answer. */
export interface OneShotPlan {
  /** What a run that nobody gave parameters gets. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The longest a run may take, ms. */
  readonly timeoutMs: number;
}

/** How a skill is kept. `one-shot-on-demand` is never run by a check. */
export type SkillMode = 'daemon' | 'one-shot' | 'one-shot-on-demand';

/** How to start one skill: made from its manifest, carried out as it stands. */
export interface LaunchPlan {
  readonly skillId: string;
  /** `auto`: the handshake finds out. */
  readonly protocol: SkillProtocol | 'auto';
  /** Absent: a daemon. */
  readonly oneShot?: OneShotPlan;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The complete environment; the run adds `SKILLWARD_RUN_ID` and `SKILLWARD_SKILL_ID` and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** How it is started, in words: `python3.11`, `uv run`, `.venv`. */
  readonly interpreter: string;
  /** What the skill must call itself in the handshake. */
  readonly expectedName: string;
  readonly credentials?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  /** What the skill lacks but can be started without, for its log. */
  readonly remark?: string;
}

/** `ok: false` is a configuration error: it is shown and not retried in a loop (DESIGN.md section 4 rule 6). */
export type PlanResult =
  | { readonly ok: true; readonly plan: LaunchPlan }
  | { readonly ok: false; readonly message: string; readonly remedy?: Remedy };

/** What must outlive the host so that its next start can find what survived a hard kill. */
export interface RunRecord {
  readonly skillId: string;
  readonly pid: number;
  /** The kernel's start time of the process in clock ticks; null where it cannot be read. */
  readonly startTicks: string | null;
  readonly runId: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** Where run records are kept. Writes may fail silently (full disk): supervision goes on without them. */
export interface RunRegistry {
  put(record: RunRecord): void;
  remove(skillId: string, runId: string): void;
  all(): readonly RunRecord[];
}

export interface SupervisorSettings {
  readonly restart: RestartConfig;
  readonly health: HealthMonitorConfig;
}

/** An exit or a failed start that nobody asked for. */
export interface ProcessDown {
  readonly cause: ProcessCause;
  readonly outcome: HealthCheckOutcome;
  /** From spawn to exit, ms; 0 when nothing was started. */
  readonly uptimeMs: number;
  /** The last stderr lines, oldest first. */
  readonly stderrTail: readonly string[];
}

/** One line for the log of a skill. `at` is epoch ms. */
export interface SkillLogLine {
  readonly skillId: string;
  readonly at: number;
  readonly stream: LogStream;
  readonly text: string;
}

/** What an invocation came to. Only `skill_error` is the skill's own answer. */
export type InvokeResult =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly kind: 'skill_error';
      readonly code: number;
      readonly message: string;
      readonly data: unknown;
    }
  | { readonly ok: false; readonly kind: 'timeout' | 'unavailable' | 'protocol'; readonly message: string };

/** The world as the supervisor sees it. */
export interface SupervisorPorts {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly hostVersion: string;
  /** Stable id of the data folder (letters, digits, `-`); every run id starts with it. */
  readonly instanceId: string;
  readonly registry: RunRegistry;
  plan(skillId: string): Promise<PlanResult>;
  settings(skillId: string): SupervisorSettings;
  /** Each change of the process column. */
  onProcess(skillId: string, process: SkillProcess): void;
  /** Exactly once per run that ended without being asked to. */
  onDown(skillId: string, down: ProcessDown): void;
  /** How the skill is kept; without it, all are daemons. */
  mode?(skillId: string): SkillMode;
  /** A run of a one-shot skill that somebody invoked has ended, and is a check like any other. */
  onRun?(skillId: string, answer: HealthAnswer): void;
  /** Rate-bounded per skill: what is over the budget is counted and told once a second on the `host` stream. */
  onLog(line: SkillLogLine): void;
  onNotification?(skillId: string, method: string, params: unknown): void;
  /** Whether somebody follows what `onProcess` tells; figures nobody sees are taken less often. Absent: somebody does. */
  watched?(): boolean;
  /** Whether somebody counts what happens without showing it. Absent: nobody does. */
  counted?(): boolean;
  /** Masks the secrets of a skill in what it said, before that becomes a cause anybody reads. */
  mask?(skillId: string, text: string): string;
}

export type SupervisionErrorCode = 'conflict' | 'unavailable' | 'timeout';

/** Why a start did not end in a running skill. `cause` is the process cause where the skill itself was at fault. */
export class SupervisionError extends Error {
  override readonly name = 'SupervisionError';
  readonly code: SupervisionErrorCode;
  override readonly cause: ProcessCause | null;

  constructor(code: SupervisionErrorCode, message: string, cause: ProcessCause | null = null) {
    super(message);
    this.code = code;
    this.cause = cause;
  }
}
