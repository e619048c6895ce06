import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { errorOf } from '../components/display-state.ts';
import { useHost } from '../state/host-store.ts';
import { inOrder } from '../state/selectors.ts';
import type { ActionContext } from './actions.ts';

/** The action registry's view of the page: its skills, the one that is open, and how to go somewhere. */
export function useActionContext(): ActionContext {
  const navigate = useNavigate();
  const { skillId } = useParams({ strict: false });
  const skills = useHost((state) => state.skills);
  const order = useHost((state) => state.order);
  return useMemo(
    () => ({
      skills: inOrder({ skills, order }),
      skillId: skillId ?? null,
      openScreen: (to) => void navigate({ to }),
      openSkill: (id) => void navigate({ to: '/skill/$skillId', params: { skillId: id } }),
      recordFix: (skill) => {
        const error = skill === null ? null : errorOf(skill);
        void navigate({
          to: '/fixes',
          search: {
            record: 1,
            ...(skill === null ? {} : { skill: skill.id }),
            ...(error === null ? {} : { error: error.slice(0, 4000) }),
          },
        });
      },
    }),
    [navigate, skillId, skills, order],
  );
}
