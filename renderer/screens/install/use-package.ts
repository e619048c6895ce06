import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CommandAnswer } from '../../../shared/contract/index.ts';
import { call } from '../../bridge/call.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { installSkill } from '../../state/package-actions.ts';
import { choosePackage } from './package-files.ts';
import { base64Of, type FoundFile } from './read-files.ts';

export interface Staged extends CommandAnswer<'skill.stage'> {
  /** Files that are no part of a skill and were not handed over. */
  readonly leftOut: number;
}

/** Hands chosen files to the host, which looks at them and runs nothing. */
export function useStage(): UseMutationResult<Staged, Error, Promise<FoundFile[]> | FoundFile[]> {
  return useMutation({
    mutationFn: async (chosen: Promise<FoundFile[]> | FoundFile[]) => {
      const read = choosePackage(await chosen);
      if (!read.ok) throw new Error(read.problem);
      const files = await Promise.all(
        read.files.map(async ({ path, file }) => ({ path, content: await base64Of(file) })),
      );
      return { ...(await call('skill.stage', { files })), leftOut: read.leftOut };
    },
  });
}

/** Takes a staged package into service and goes to its page, where a missing credential can be entered at once. */
export function useInstall(): UseMutationResult<CommandAnswer<'skill.install'>, Error, Staged> {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ stagingId }: Staged) => installSkill({ stagingId }),
    // The skill as it was before: afterwards the page knows only the new version.
    onMutate: ({ facts: { id } }) => ({
      before: id === null ? undefined : useHost.getState().skills[id]?.version,
    }),
    onSuccess: async ({ skill, updated }, _staged, { before }) => {
      feedback.done(
        updated
          ? `${skill.id}: ${before ?? 'an earlier version'} → ${skill.version}`
          : `${skill.id} is installed`,
        {
          key: `skill:${skill.id}`,
          body: updated ? 'The version before is kept.' : `Version ${skill.version}.`,
        },
      );
      await navigate({ to: '/skill/$skillId', params: { skillId: skill.id } });
    },
  });
}
