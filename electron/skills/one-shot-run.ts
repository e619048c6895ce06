import type { HealthAnswer } from '../core/health/answer.ts';
import { judgeRun, type RunVerdict } from '../core/health/run-verdict.ts';
import { durationInWords } from '../core/health/words.ts';
import { diagnosePython } from '../core/supervision/diagnosis.ts';
import type { Pressure } from './escalation.ts';
import { plainText } from './json-line.ts';
import { launchRun, makePlan, modeChanged } from './launch.ts';
import type { LogLimiter } from './log-limiter.ts';
import { logText } from './log-text.ts';
import type { NoiseCounter } from './noise.ts';
import { OneShotOutput } from './one-shot-output.ts';
import type { Run } from './run.ts';
import type { RunEnd, RunPorts } from './run-ports.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import type { LaunchPlan, OneShotPlan, SupervisorPorts } from './types.ts';

type Cause = RunEnd['cause'];

/** For a run that is over its time: it gets the chance to clean up, but is not asked. */
const overTime: Pressure = { from: 'terminated', graceMs: 1000 };

/** What one run came to: a verdict, a fault that has to be mended first, or an end somebody ordered. */
export type RunReport =
  | { readonly kind: 'judged'; readonly verdict: RunVerdict; readonly cause: Cause }
  | ({ readonly kind: 'down' } & Pick<RunEnd, 'cause' | 'uptimeMs' | 'stderrTail'>)
  | { readonly kind: 'stopped'; readonly cause: Cause };

/** Who orders a run, and is told how far it is. */
export interface OneShotOrder {
  readonly skillId: string;
  readonly ports: SupervisorPorts;
  readonly parts: SupervisorParts;
  readonly noise: NoiseCounter;
  readonly log: LogLimiter;
  /** Null: the manifest's own. */
  readonly params: Readonly<Record<string, unknown>> | null;
  /** The most the caller waits, ms; the manifest's limit holds all the same. */
  readonly timeoutMs: number | null;
  /** Somebody stopped the skill since the run was ordered. */
  readonly outdated: () => boolean;
  readonly onStarted: (run: Run, plan: LaunchPlan) => void;
}

/** One process from its plan to its verdict: `execute` in, everything it prints out, judged when nothing of it lives. */
export async function runOnce(order: OneShotOrder): Promise<RunReport> {
  const { ports, parts, skillId, outdated } = order;
  const planned = await makePlan(ports, skillId);
  if (outdated()) return stoppedBefore(ports);
  if (!planned.ok) return notStarted(planned.cause);
  const { oneShot } = planned.plan;
  if (oneShot === undefined) return notStarted(modeChanged(ports));
  const leave = await parts.gate.enter();
  if (outdated()) {
    leave();
    return stoppedBefore(ports);
  }
  const output = new OneShotOutput();
  const launching = launchRun(planned.plan, parts.nextRunId(), ports, parts, () => runPorts(order, output));
  const launched = await launching.finally(leave);
  if (!launched.ok) return notStarted(launched.cause);
  return watch(launched.run, { ...planned.plan, oneShot }, output, order);
}

export function stoppedBefore({ clock }: SupervisorPorts): RunReport {
  const message = 'stopped before its run began';
  const cause = { kind: 'killed-by-us', message, exitCode: null, signal: null, at: clock.nowMs() } as const;
  return { kind: 'stopped', cause };
}

/** A failure that may pass is a failed run like any other; a configuration error waits for somebody to mend it. */
export function notStarted(cause: Cause): RunReport {
  if (cause.kind === 'configuration') return { kind: 'down', cause, uptimeMs: 0, stderrTail: [] };
  const { kind, message } = cause;
  const health: HealthAnswer = { kind: 'run-failed', message, cause: kind, latencyMs: 0 };
  return { kind: 'judged', cause, verdict: { health, result: { kind: 'crash', message } } };
}

async function watch(
  run: Run,
  plan: LaunchPlan & { readonly oneShot: OneShotPlan },
  output: OneShotOutput,
  { ports, skillId, params, timeoutMs, log, onStarted, outdated }: OneShotOrder,
): Promise<RunReport> {
  const own = plan.oneShot;
  const limitMs = Math.min(own.timeoutMs, timeoutMs ?? own.timeoutMs);
  let overTimeMs: number | null = null;
  const timer = ports.clock.after(limitMs, () => {
    overTimeMs = limitMs;
    run.kill('hang', overTime);
  });
  onStarted(run, plan);
  if (!outdated()) run.execute(params ?? own.params);
  await run.settled;
  timer.cancel();
  const { end } = run;
  if (end === null) throw new Error('a run settled without an end');
  const printed = output.read();
  for (const line of printed.rest) log.write('stdout', logText(line));
  log.flush();
  if (outdated()) return { kind: 'stopped', cause: end.cause };
  const mend = printed.output.kind === 'nothing' ? pythonFault(end, plan) : null;
  if (mend !== null) return { ...end, kind: 'down', cause: { ...end.cause, kind: 'configuration', ...mend } };
  const facts = { cause: end.cause, overTimeMs, tookMs: end.uptimeMs, output: printed.output };
  const mask = (text: string) => ports.mask?.(skillId, text) ?? text;
  const verdict = masked(judgeRun(facts), mask);
  return { kind: 'judged', verdict, cause: { ...end.cause, message: lastRunWords(end, verdict) } };
}

function pythonFault({ cause, stderrTail }: RunEnd, { interpreter, cwd }: LaunchPlan) {
  const byItself = cause.kind === 'exit' && cause.exitCode !== 0;
  return byItself ? diagnosePython({ stderrTail, interpreter, folder: cwd }) : null;
}

/** What the run said reaches checks, incidents and the process column; what it answered goes to who asked, as it is. */
function masked({ health, result }: RunVerdict, mask: (text: string) => string): RunVerdict {
  if (health.kind === 'run-failed')
    return { health: { ...health, message: mask(plainText(health.message)) }, result };
  if (health.kind === 'answered' && health.detail !== null)
    return { health: { ...health, detail: mask(health.detail) }, result };
  return { health, result };
}

function runPorts({ skillId, ports, parts, noise, log }: OneShotOrder, output: OneShotOutput): RunPorts {
  return {
    clock: ports.clock,
    hostVersion: ports.hostVersion,
    tree: parts.tree,
    afterPendingInput: parts.afterPendingInput,
    lane: parts.lane,
    noise,
    log,
    output,
    mask: (text) => ports.mask?.(skillId, text) ?? text,
    onNotification: () => {},
    onEnded: () => {},
  };
}

/** What the process column says between runs. */
function lastRunWords({ cause, uptimeMs }: RunEnd, { health }: RunVerdict): string {
  const took = durationInWords(uptimeMs);
  if (health.kind === 'timeout')
    return `its last run took longer than ${durationInWords(health.waitedMs)} and was ended`;
  if (health.kind === 'run-failed') return `its last run failed after ${took}: ${health.message}`;
  return `its last run ended with exit code ${cause.exitCode ?? 'unknown'} after ${took}`;
}
