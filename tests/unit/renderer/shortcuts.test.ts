import { describe, expect, it, vi } from 'vitest';
import type { ActionContext } from '../../../renderer/app/action-types.ts';
import { appActions } from '../../../renderer/app/actions.ts';
import { capsOf, createKeyReader, type KeyPress, pressed } from '../../../renderer/state/shortcuts.ts';
import { fleetHost } from './make-fleet-host.ts';
import { failing, makeSkill, quarantined } from './make-skill.ts';

vi.mock('../../../renderer/state/overview-view.ts', () => ({ setOverviewView: () => undefined }));

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('a key press', () => {
  it('is written as shortcuts are', () => {
    expect(pressed(press('r'))).toBe('R');
    expect(pressed(press('R', { shiftKey: true }))).toBe('Shift+R');
    expect(pressed(press('?', { shiftKey: true }))).toBe('?');
    expect(pressed(press('1', { ctrlKey: true }))).toBe('Mod+1');
    expect(pressed(press(',', { metaKey: true }))).toBe('Mod+,');
    expect(pressed(press('ArrowDown', { shiftKey: true }))).toBe('Shift+ArrowDown');
    expect(pressed(press('r', { altKey: true }))).toBeNull();
    expect(pressed(press('Shift', { shiftKey: true }))).toBeNull();
  });

  it('after G is a place to go, if it comes soon', () => {
    const read = createKeyReader();
    expect(read(press('g'), 0)).toBeNull();
    expect(read(press('o'), 800)).toBe('G O');
    expect(read(press('o'), 900)).toBe('O');
    expect(read(press('g'), 1000)).toBeNull();
    expect(read(press('r'), 2300)).toBe('R');
    expect(read(press('g'), 3000)).toBeNull();
    expect(read(press('Shift', { shiftKey: true }), 3100)).toBeNull();
    expect(read(press('f'), 3200)).toBe('G F');
  });

  it('is drawn cap by cap', () => {
    expect(capsOf('Mod+Shift+R', '⌘')).toEqual(['⌘', 'Shift', 'R']);
    expect(capsOf('G O', 'Ctrl')).toEqual(['G', 'O']);
  });
});

describe('the registry', () => {
  const context = (over: Partial<ActionContext> = {}): ActionContext => ({
    skills: [makeSkill('calm'), failing('bad', 3), quarantined('shut')],
    selected: new Set(),
    incidents: [],
    hosts: [],
    hostId: null,
    showHost: vi.fn(),
    readOnly: null,
    skillId: null,
    openScreen: vi.fn(),
    openSkill: vi.fn(),
    openIncident: vi.fn(),
    openFix: vi.fn(),
    findSetting: vi.fn(),
    recordFix: vi.fn(),
    findOnScreen: vi.fn(),
    showFirstSteps: vi.fn(),
    setRange: vi.fn(),
    ...over,
  });

  it('goes to every other host of the fleet, and home again', () => {
    const hosts = [
      fleetHost({ hostId: 'me', name: 'Workshop', state: 'here' }),
      fleetHost({ hostId: 'attic', name: 'Attic' }),
      fleetHost({ hostId: 'pi', name: 'Pi', state: 'unknown' }),
    ];
    const labels = (over: Partial<ActionContext>) =>
      appActions(context({ hosts, ...over })).flatMap(({ group, label }) =>
        group === 'Hosts' ? [label] : [],
      );
    expect(labels({})).toEqual(['Switch to Attic', 'Switch to Pi']);
    expect(labels({ hostId: 'attic' })).toEqual(['Switch to Workshop', 'Switch to Pi']);
    const showHost = vi.fn();
    appActions(context({ hosts, hostId: 'attic', showHost }))
      .find(({ id }) => id === 'host:me')
      ?.run();
    expect(showHost).toHaveBeenCalledWith(null);
  });

  it('offers no orders where the host that is shown takes none', () => {
    const ids = (over: Partial<ActionContext>) =>
      appActions(context({ skillId: 'calm', ...over })).map(({ id }) => id);
    expect(ids({})).toContain('restart:calm');
    const looking = ids({ readOnly: '“Pi” lets its fleet look only.' });
    expect(
      looking.filter((id) => /^(restart|check|quarantine|stop|release|check-all|reload)/.test(id)),
    ).toEqual([]);
    expect(looking).toContain('skill:calm');
  });

  it('has each id once and gives each shortcut once, wherever one is', () => {
    for (const skillId of [null, 'calm', 'bad', 'shut']) {
      const actions = appActions(context({ skillId, selected: new Set(['calm', 'shut']) }));
      const ids = actions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const keys = actions.flatMap((action) => action.keys ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('has the screens on digits in the order of the navigation, and the settings on the comma too', () => {
    const here = context();
    const go = appActions(here).filter(({ group }) => group === 'Go to');
    for (const [index, action] of go.entries()) expect(action.keys).toContain(`Mod+${index + 1}`);
    go.find(({ keys }) => keys?.includes('Mod+,') === true)?.run();
    expect(here.openScreen).toHaveBeenCalledWith('/settings');
  });

  it('offers for the selected only what applies to some of them, with how many', () => {
    const labels = appActions(context({ selected: new Set(['calm', 'shut']) }))
      .filter(({ group }) => group === 'Selected skills')
      .map(({ label }) => label);
    expect(labels).toEqual(['Check now (1)', 'Restart (1)', 'Release (1)…', 'Quarantine (1)…', 'Pause (1)']);
  });

  it('names every incident that goes on and every fix on record', () => {
    const incident = { id: 7, skillId: 'bad', error: 'Boom\nat line 3', endedAt: null, state: 'open' };
    const actions = appActions(context({ incidents: [incident as never] }), [
      { id: 3, fixDescription: 'Renew it\nthen restart', errorSignature: 'Boom' },
    ]);
    expect(actions.find(({ id }) => id === 'incident:7')?.label).toBe('bad: Boom');
    expect(actions.find(({ id }) => id === 'fix:3')?.label).toBe('Renew it');
  });
});
