import type { ScheduledTask } from '../../shared/model/schedule.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { HEALTH_TASK_ID } from '../core/schedule/task.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { CheckLoop } from './check-loop.ts';
import { countSkills } from './host-status.ts';
import type { SkillView } from './skill-view.ts';
import { RunSkipped, type RunTask } from './task-runner.ts';

export interface RunTaskPorts {
  readonly supervisor: Supervisor;
  readonly view: SkillView;
  readonly checks: CheckLoop;
}

/** What scheduled tasks do: the health round, or an invocation a person planned. */
export function makeRunTask(ports: RunTaskPorts): RunTask {
  return (task, asked) =>
    task.id === HEALTH_TASK_ID ? executeBuiltin(ports, asked) : invokePlanned(ports, task, asked);
}

/** The health round (DESIGN.md section 8): by schedule every skill that is due, by hand every running skill. */
async function executeBuiltin(
  { checks, supervisor, view }: RunTaskPorts,
  asked: 'schedule' | 'person',
): Promise<string> {
  const running = view.all().filter((skill) => supervisor.isAskable(skill.id));
  const askedCount =
    asked === 'person' ? (await checks.askAll(running.map((skill) => skill.id))).size : checks.askDue();
  const { total, healthy, quarantined } = countSkills(view.all());
  if (total === 0) return 'no skills';
  const left = quarantined === 0 ? '' : `, ${quarantined} in quarantine`;
  return `${healthy} of ${total} skills healthy${left}; ${askedCount} asked`;
}

async function invokePlanned(
  { supervisor, view }: RunTaskPorts,
  task: ScheduledTask,
  asked: 'schedule' | 'person',
): Promise<string> {
  if (task.invoke === null) throw new Error(`${task.name} has nothing to run`);
  const { skillId, method, params } = task.invoke;
  const rest = asked === 'schedule' ? atRest(view.get(skillId)) : null;
  if (rest !== null) throw new RunSkipped(`${skillId} ${rest}`);
  const answer = await supervisor.invoke(skillId, method, params, task.softTimeoutSecs * 1000);
  if (!answer.ok) throw new Error(`${skillId} ${method}: ${answer.message}`);
  return `${skillId} ${method} answered`;
}

/** Why a person keeps a skill from running, so that asking it would be no failure of the task; null when nobody does. */
function atRest(skill: Skill | undefined): string | null {
  if (skill?.lifecycle === 'quarantined') return 'is in quarantine';
  if (skill?.lifecycle === 'disabled') return 'is disabled';
  return skill?.paused === true ? 'is paused' : null;
}
