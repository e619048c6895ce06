import type { Skill } from '../../../shared/model/skill.ts';
import { type MenuEntry, separator } from './menu-model.ts';
import { skillOrders } from './skill-orders.ts';
import { standingOf } from './skill-standing.ts';

export interface AppMenuFacts {
  readonly platform: NodeJS.Platform;
  readonly skills: readonly Skill[];
  /** Developer tools are offered while developing only. */
  readonly packaged: boolean;
  /** Whether this build knows where to ask for a newer one. */
  readonly updatable: boolean;
}

/** Screens of the dashboard in the order of its navigation (a test compares them). */
export const dashboardScreens = [
  { label: 'Overview', route: '#/' },
  { label: 'Incidents', route: '#/incidents' },
  { label: 'Fixes', route: '#/fixes' },
  { label: 'Scheduler', route: '#/scheduler' },
  { label: 'Logs', route: '#/logs' },
  { label: 'Settings', route: '#/settings' },
  { label: 'Fleet', route: '#/fleet' },
] as const;

/** A menu longer than a screen helps nobody; the window lists them all. */
const MAX_LISTED = 25;

/** The application's menu as plain data: roles for what the platform knows, orders for what is ours. */
export function appMenuModel(facts: AppMenuFacts): readonly MenuEntry[] {
  const mac = facts.platform === 'darwin';
  return [
    ...(mac ? [appleMenu(facts)] : []),
    fileMenu(mac),
    {
      kind: 'submenu',
      id: 'edit',
      label: 'Edit',
      entries: roles('undo', 'redo', null, 'cut', 'copy', 'paste', 'selectAll'),
    },
    viewMenu(facts),
    skillsMenu(facts.skills),
    {
      kind: 'submenu',
      id: 'window',
      label: 'Window',
      entries: roles('minimize', 'close'),
    },
    helpMenu(facts, mac),
  ];
}

function appleMenu(facts: AppMenuFacts): MenuEntry {
  return {
    kind: 'submenu',
    id: 'app',
    label: 'Skillward',
    entries: [
      about,
      ...updates(facts),
      separator,
      settings,
      separator,
      ...roles('services', null, 'hide', 'hideOthers', 'unhide'),
      separator,
      quit,
    ],
  };
}

const about: MenuEntry = { kind: 'item', id: 'about', label: 'About Skillward', order: { kind: 'about' } };
const settings: MenuEntry = {
  kind: 'item',
  id: 'settings',
  label: 'Settings …',
  accelerator: 'CommandOrControl+,',
  order: { kind: 'go', route: '#/settings' },
};
const quit: MenuEntry = {
  kind: 'item',
  id: 'quit',
  label: 'Quit Skillward',
  accelerator: 'CommandOrControl+Q',
  order: { kind: 'quit' },
};

function updates({ updatable }: AppMenuFacts): readonly MenuEntry[] {
  return updatable
    ? [{ kind: 'item', id: 'updates', label: 'Check for updates …', order: { kind: 'checkForUpdates' } }]
    : [];
}

function fileMenu(mac: boolean): MenuEntry {
  return {
    kind: 'submenu',
    id: 'file',
    label: 'File',
    entries: [
      {
        kind: 'item',
        id: 'add-folder',
        label: 'Add a skills folder …',
        accelerator: 'CommandOrControl+O',
        order: { kind: 'addFolder' },
      },
      {
        kind: 'item',
        id: 'reload-skills',
        label: 'Read the skills folders again',
        order: { kind: 'reloadSkills' },
      },
      separator,
      {
        kind: 'item',
        id: 'open-data',
        label: 'Open the data folder',
        order: { kind: 'open', place: 'data-folder' },
      },
      { kind: 'item', id: 'open-logs', label: 'Open the logs', order: { kind: 'open', place: 'logs' } },
      ...(mac ? [] : [separator, settings, separator, quit]),
    ],
  };
}

function viewMenu({ packaged }: AppMenuFacts): MenuEntry {
  return {
    kind: 'submenu',
    id: 'view',
    label: 'View',
    entries: [
      ...dashboardScreens.map(({ label, route }, index) => ({
        kind: 'item' as const,
        id: `go:${route}`,
        label,
        accelerator: `CommandOrControl+${index + 1}`,
        order: { kind: 'go' as const, route },
      })),
      separator,
      ...roles('resetZoom', 'zoomIn', 'zoomOut', null, 'togglefullscreen'),
      ...(packaged ? [] : [separator, ...roles('toggleDevTools')]),
    ],
  };
}

function skillsMenu(skills: readonly Skill[]): MenuEntry {
  const listed = skills.slice(0, MAX_LISTED).map((skill) => ({
    kind: 'submenu' as const,
    id: `skill:${skill.id}`,
    label: `${skill.id}: ${standingOf(skill).word}`,
    entries: skillOrders(skill).map(({ id, label, order }) => ({
      kind: 'item' as const,
      id: `${id}:${skill.id}`,
      label,
      order,
    })),
  }));
  return {
    kind: 'submenu',
    id: 'skills',
    label: 'Skills',
    entries: [
      { kind: 'item', id: 'check-all', label: 'Check every skill now', order: { kind: 'checkAll' } },
      separator,
      ...(listed.length === 0
        ? [{ kind: 'text' as const, id: 'no-skills', label: 'No skills yet' }]
        : listed),
      ...(skills.length > MAX_LISTED
        ? [
            {
              kind: 'item' as const,
              id: 'all-skills',
              label: `All ${skills.length} skills …`,
              order: { kind: 'go' as const, route: '#/' },
            },
          ]
        : []),
    ],
  };
}

function helpMenu(facts: AppMenuFacts, mac: boolean): MenuEntry {
  return {
    kind: 'submenu',
    id: 'help',
    label: 'Help',
    entries: [
      {
        kind: 'item',
        id: 'skill-guide',
        label: 'How to write a skill',
        order: { kind: 'open', place: 'skill-guide' },
      },
      ...(mac ? [] : [...updates(facts), separator, about]),
    ],
  };
}

function roles(
  ...names: readonly (Extract<MenuEntry, { kind: 'role' }>['role'] | null)[]
): readonly MenuEntry[] {
  return names.map((role) => (role === null ? separator : { kind: 'role', role }));
}
