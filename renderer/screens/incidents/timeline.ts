import type { Action } from '../../../shared/model/action.ts';
import type { Happening } from '../../components/happened.ts';

/** The story of a skill leaves notices out; that of an incident says when people were told. Newest first. */
export function withNotices(story: readonly Happening[], actions: readonly Action[]): Happening[] {
  const told = actions
    .filter((action) => action.kind === 'notifyUser')
    .map((action): Happening => {
      return {
        key: `told-${action.id}`,
        at: action.at,
        state: 'none',
        title: 'Told people',
        note: action.reason,
      };
    });
  return [...story, ...told].sort((one, other) => other.at - one.at);
}
