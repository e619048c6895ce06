import { describe, expect, test, vi } from 'vitest';
import { dashboardScreens } from '../../../electron/hosts/desktop/app-menu-model.ts';
import { skillOrders } from '../../../electron/hosts/desktop/skill-orders.ts';
import { callsForSomebody, standingOf } from '../../../electron/hosts/desktop/skill-standing.ts';
import { screens } from '../../../renderer/app/screens.ts';
import { displayState, needsAttention } from '../../../renderer/components/display-state.ts';
import { skillActions } from '../../../renderer/state/skill-action-list.ts';
import { everyKind } from './build.ts';

// Acts are only compared by name here; what they do is the page's affair.
vi.mock('../../../renderer/state/skill-actions.ts', () => ({}));
vi.mock('../../../renderer/state/dialogs.ts', () => ({}));

describe('tray, menu and dashboard say the same', () => {
  test.each(everyKind.map((skill) => [skill.id, skill] as const))('of a skill that is %s', (_id, skill) => {
    const { state, word } = displayState(skill);
    expect(standingOf(skill)).toEqual({ kind: state, word });
    expect(callsForSomebody(skill)).toBe(needsAttention(skill));
  });

  test.each(everyKind.map((skill) => [skill.id, skill] as const))(
    'what can be done with one that is %s',
    (_id, skill) => {
      // A form has no place in a native menu: quarantine asks why on the page, mute for how long; a release here is
      // always on trial.
      const onThePage = skillActions(skill)
        .filter((action) => action.id !== 'quarantine' && action.id !== 'mute')
        .map((action) =>
          action.id === 'release' ? ['release', 'Release on trial'] : [action.id, action.label],
        );
      const here = skillOrders(skill).map(({ id, label }) => [id, label]);
      expect(here).toEqual([['open', 'Open'], ...onThePage]);
    },
  );

  test('which screens there are', () => {
    expect(dashboardScreens).toEqual(screens.map(({ label, to }) => ({ label, route: `#${to}` })));
  });
});
