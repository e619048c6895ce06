import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { errorOf } from '../components/display-state.ts';
import { useShowHost } from '../components/fleet/use-show-host.ts';
import { isInFleet, useFleet } from '../state/fleet.ts';
import { useHost } from '../state/host-store.ts';
import { selectedIds, useSelection } from '../state/selection.ts';
import { inOrder } from '../state/selectors.ts';
import { readOnlyReason, shownHostId } from '../state/shown-host.ts';
import type { ActionContext } from './action-types.ts';

/**
 * Reads the page as the action registry sees it at that moment: its skills, the one that is open, and how to go
 * somewhere. Subscribes to nothing, so that who only needs it now and then is not drawn at every change of a skill.
 */
export function useActionReader(): () => ActionContext {
  const navigate = useNavigate();
  const { skillId } = useParams({ strict: false });
  const showHost = useShowHost();
  return useCallback(() => {
    const state = useHost.getState();
    const fleet = useFleet.getState();
    return {
      skills: inOrder(state),
      incidents: state.incidents,
      selected: selectedIds(),
      hosts: isInFleet(fleet) ? Object.values(fleet.hosts) : [],
      hostId: shownHostId(),
      showHost,
      readOnly: readOnlyReason(),
      skillId: skillId ?? null,
      openScreen: (to) => void navigate({ to }),
      openSkill: (id) => void navigate({ to: '/skill/$skillId', params: { skillId: id } }),
      openIncident: (incident) =>
        void navigate({ to: '/incidents/$incidentId', params: { incidentId: String(incident.id) } }),
      openFix: (fix) => void navigate({ to: '/fixes', search: { fix } }),
      findSetting: (q) => void navigate({ to: '/settings', search: { q: q.slice(0, 100) } }),
      findOnScreen: () => document.querySelector<HTMLElement>('#screen [data-screen-find]')?.focus(),
      showFirstSteps: () => void navigate({ to: '/', search: { welcome: 1 } }),
      setRange: (range) =>
        void navigate({ to: '.', search: (search) => ({ ...search, range }), replace: true }),
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
    };
  }, [navigate, showHost, skillId]);
}

/** The same, kept up with what it was made of. */
export function useActionContext(): ActionContext {
  const read = useActionReader();
  useHost((state) => state.skills);
  useHost((state) => state.incidents);
  useFleet();
  useSelection();
  return read();
}
