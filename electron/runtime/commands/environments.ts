import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

/** Python environments: planned, made, given up; never behind anybody's back. */
export function environmentCommands({ packages: { environments } }: Rooms) {
  return {
    'environment.plan': async ({ skillId }) => {
      const { steps, dependencies, folder } = await environments.plan(skillId);
      return { steps: steps.map((step) => [...step]), dependencies: [...dependencies], folder };
    },
    'environment.create': async ({ skillId }) => ({ jobId: await environments.create(skillId) }),
    'environment.cancel': ({ jobId }) => ({ cancelled: environments.cancel(jobId) }),
  } satisfies Partial<Handlers>;
}
