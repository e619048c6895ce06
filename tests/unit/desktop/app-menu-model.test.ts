import { describe, expect, test } from 'vitest';
import { type AppMenuFacts, appMenuModel } from '../../../electron/hosts/desktop/app-menu-model.ts';
import type { MenuEntry } from '../../../electron/hosts/desktop/menu-model.ts';
import { everyKind, skill } from './build.ts';

function menu(facts: Partial<AppMenuFacts> = {}): readonly MenuEntry[] {
  return appMenuModel({ platform: 'linux', skills: everyKind, packaged: true, updatable: false, ...facts });
}
function flat(entries: readonly MenuEntry[]): MenuEntry[] {
  return entries.flatMap((entry) => (entry.kind === 'submenu' ? [entry, ...flat(entry.entries)] : [entry]));
}
const roles = (entries: readonly MenuEntry[]) =>
  flat(entries).flatMap((entry) => (entry.kind === 'role' ? [entry.role] : []));
const idsOf = (entries: readonly MenuEntry[]) =>
  flat(entries).flatMap((entry) => ('id' in entry ? [entry.id] : []));

describe('the application menu', () => {
  test('opens nothing a packaged app has no business with: no reload, no developer tools', () => {
    expect(roles(menu()).filter((role) => /reload|DevTools/i.test(role))).toEqual([]);
    expect(roles(menu({ packaged: false }))).toContain('toggleDevTools');
  });

  test('has each id and each key once', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const entries = menu({ platform, updatable: true, packaged: false });
      const ids = idsOf(entries);
      expect(new Set(ids).size).toBe(ids.length);
      const keys = flat(entries).flatMap((entry) =>
        entry.kind === 'item' && entry.accelerator !== undefined ? [entry.accelerator] : [],
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('puts quit, settings and about where the platform has them', () => {
    expect(menu({ platform: 'darwin' })[0]).toMatchObject({ id: 'app' });
    expect(idsOf(menu({ platform: 'darwin' })).filter((id) => id === 'quit')).toHaveLength(1);
    expect(menu()[0]).toMatchObject({ id: 'file' });
    expect(idsOf(menu())).toEqual(expect.arrayContaining(['quit', 'settings', 'about']));
  });

  test('asks for updates only where there is somewhere to ask', () => {
    expect(idsOf(menu())).not.toContain('updates');
    expect(idsOf(menu({ updatable: true }))).toContain('updates');
  });

  test('stays shorter than a screen with two hundred skills', () => {
    const many = Array.from({ length: 200 }, (_, index) => skill(`skill-${index}`));
    const skills = menu({ skills: many }).find((entry) => entry.kind === 'submenu' && entry.id === 'skills');
    expect(skills?.kind === 'submenu' && skills.entries.length).toBeLessThan(35);
    expect(idsOf(menu({ skills: many }))).toContain('all-skills');
  });
});
