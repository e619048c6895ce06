import { CommandError } from '../../../shared/contract/index.ts';
import type { CheckResult } from '../check-loop.ts';
import type { Handlers } from '../dispatcher.ts';
import { type Rooms, skillNow } from '../rooms.ts';

export function healthCommands(rooms: Rooms) {
  const { book, checks, supervisor, view } = rooms;
  const summary = (skillId: string, result: CheckResult) => ({
    skillId,
    ...(result.outcome === null ? {} : { outcome: result.outcome, latencyMs: result.latencyMs }),
    record: book.record(skillId),
  });
  return {
    'skill.health.check': async ({ skillId, all }) => {
      if (skillId !== undefined) {
        await waitUntilAskable(rooms, skillId);
        const result = await checks.ask(skillId);
        if (result.outcome === null) throw noVerdict(rooms, skillId);
        return { checked: 1, skills: [summary(skillId, result)] };
      }
      if (all === true) {
        const running = view.all().filter((skill) => supervisor.isAskable(skill.id));
        const results = await checks.askAll(running.map((skill) => skill.id));
        const skills = [...results].map(([id, result]) => summary(id, result));
        return { checked: skills.filter((skill) => skill.outcome !== undefined).length, skills };
      }
      return { checked: 0, skills: view.all().map(({ id }) => ({ skillId: id, record: book.record(id) })) };
    },
    'skill.health.status': () => {
      const records = view.all().map(({ id }) => book.record(id));
      return { total: records.length, skills: records };
    },
  } satisfies Partial<Handlers>;

  /** A skill that is just starting is waited for; one that has no process is refused with what to do instead. */
  async function waitUntilAskable({ keeper }: Rooms, skillId: string): Promise<void> {
    keeper.skill(skillId);
    if (supervisor.process(skillId).state === 'starting')
      await supervisor.start(skillId).catch(() => undefined);
    if (!supervisor.isAskable(skillId)) throw noVerdict(rooms, skillId);
  }
}

function noVerdict(rooms: Rooms, skillId: string): CommandError {
  const { lifecycle, paused, process, broken, mode } = skillNow(rooms, skillId);
  const what =
    broken !== undefined
      ? `it is broken: ${broken.message}`
      : lifecycle !== 'active'
        ? `it is ${lifecycle}`
        : paused
          ? `it is paused; start it first`
          : rooms.supervisor.isBusy(skillId)
            ? 'a run of it is under way, and its end tells how it is'
            : mode === 'one-shot' && process.state === 'stopped'
              ? 'it runs on demand only: invoke it'
              : process.state === 'running'
                ? 'the question did not come to a verdict: the host was busy or asleep, or the skill was restarted meanwhile. Ask again'
                : `its process is ${process.state}; restart it to try now`;
  return new CommandError('unavailable', `${skillId} was not asked: ${what}.`, {
    lifecycle,
    paused,
    process: process.state,
  });
}
