import type { ScheduledTask } from '../../shared/model/schedule.ts';
import { HEALTH_TASK_ID } from '../core/schedule/task.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { CheckLoop } from './check-loop.ts';
import { countSkills } from './host-status.ts';
import type { SkillView } from './skill-view.ts';
import type { RunTask } from './task-runner.ts';

export interface RunTaskPorts {
  readonly supervisor: Supervisor;
  readonly view: SkillView;
  readonly checks: CheckLoop;
}

/** What scheduled tasks do: the health round, or an invocation a person planned. */
export function makeRunTask(ports: RunTaskPorts): RunTask {
  return (task, asked) =>
    task.id === HEALTH_TASK_ID ? executeBuiltin(ports, asked) : invokePlanned(ports, task);
}

/** The health round (DESIGN.md section 8): by schedule every skill that is due, by hand every running skill. */
async function executeBuiltin({ checks, view }: RunTaskPorts, asked: 'schedule' | 'person'): Promise<string> {
  const running = view.all().filter((skill) => skill.process.state === 'running');
  const askedCount =
    asked === 'person' ? (await checks.askAll(running.map((skill) => skill.id))).size : checks.askDue();
  const { total, healthy, quarantined } = countSkills(view.all());
  if (total === 0) return 'no skills';
  const left = quarantined === 0 ? '' : `, ${quarantined} in quarantine`;
  return `${healthy} of ${total} skills healthy${left}; ${askedCount} asked`;
}

async function invokePlanned({ supervisor }: RunTaskPorts, task: ScheduledTask): Promise<string> {
  if (task.invoke === null) throw new Error(`${task.name} has nothing to run`);
  const { skillId, method, params } = task.invoke;
  const answer = await supervisor.invoke(skillId, method, params, task.softTimeoutSecs * 1000);
  if (!answer.ok) throw new Error(`${skillId} ${method}: ${answer.message}`);
  return `${skillId} ${method} answered`;
}
