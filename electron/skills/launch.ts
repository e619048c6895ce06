import type { ProcessCause } from '../../shared/model/skill.ts';
import { spawnCause, type UntimedCause } from '../core/supervision/causes.ts';
import { runIdVariable } from './process-tree.ts';
import { Run } from './run.ts';
import type { RunPorts } from './run-ports.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import type { LaunchPlan, PlanResult, SupervisorPorts } from './types.ts';

export type PlanOutcome =
  | { readonly ok: true; readonly plan: LaunchPlan }
  | { readonly ok: false; readonly cause: ProcessCause };

/** Asks how to start the skill; a plan that cannot be made is a cause like any other. */
export async function makePlan(ports: SupervisorPorts, skillId: string): Promise<PlanOutcome> {
  let result: PlanResult;
  try {
    result = await ports.plan(skillId);
  } catch (error) {
    // Reading manifests can fail in ways that pass (no descriptors left): not a configuration error.
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, cause: timed(ports, spawnCause((error as NodeJS.ErrnoException)?.code, message)) };
  }
  if (result.ok) return result;
  const remedy = result.remedy === undefined ? {} : { remedy: result.remedy };
  const cause = {
    kind: 'configuration',
    message: result.message,
    exitCode: null,
    signal: null,
    ...remedy,
  } as const;
  return { ok: false, cause: timed(ports, cause) };
}

/** The manifest changed between daemon and one-shot while the skill was in service: the next start keeps it as it is now. */
export function modeChanged(ports: SupervisorPorts): ProcessCause {
  const message = 'its manifest has changed the `mode`: start it again';
  return timed(ports, { kind: 'configuration', message, exitCode: null, signal: null });
}

export type LaunchOutcome =
  | { readonly ok: true; readonly run: Run }
  | { readonly ok: false; readonly cause: ProcessCause };

/** Starts the process and notes it where the next host will look, before it can do anything. */
export async function launchRun(
  plan: LaunchPlan,
  runId: string,
  ports: SupervisorPorts,
  parts: Pick<SupervisorParts, 'spawn' | 'tree'>,
  runPorts: (run: () => Run) => RunPorts,
): Promise<LaunchOutcome> {
  const env = { ...plan.env, [runIdVariable]: runId, SKILLWARD_SKILL_ID: plan.skillId };
  const spawned = await parts.spawn({ command: plan.command, args: plan.args, cwd: plan.cwd, env });
  if (!spawned.ok) {
    return { ok: false, cause: timed(ports, spawnCause(spawned.failure.code, spawned.failure.message)) };
  }
  parts.tree.leaderStarted(spawned.child.pid, runId);
  const run: Run = new Run(
    spawned.child,
    runId,
    plan,
    runPorts(() => run),
  );
  const { pid, startedAt } = run;
  const startTicks = await parts.tree.identity(pid);
  unlessDiskFails(() => ports.registry.put({ skillId: plan.skillId, pid, startTicks, runId, startedAt }));
  void run.gone.then(() => unlessDiskFails(() => ports.registry.remove(plan.skillId, runId)));
  return { ok: true, run };
}

function timed(ports: SupervisorPorts, cause: UntimedCause): ProcessCause {
  return { ...cause, at: ports.clock.nowMs() };
}

/** A full disk must not stop supervision: without its record the process is still found by its run id. */
function unlessDiskFails(write: () => void): void {
  try {
    write();
  } catch {
    // Storage tells about its own trouble.
  }
}
