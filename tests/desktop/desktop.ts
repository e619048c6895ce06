import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { BridgeApi, CommandAnswer, CommandName, CommandPayload } from '../../shared/contract/index.ts';
import { doubledAddress, type LaunchedApp, launchOnDouble } from '../support/electron-double/launch.ts';
import { skillProcessesOf, tempDir, writeSkills } from '../support/host-process.ts';
import { healthySkill } from '../support/python-skills.ts';
import { launchOnElectron } from './launch-electron.ts';
import { type Observed, observe, readObserved } from './observer.ts';
import { desktopRuntime, mainFile, root } from './runtime.ts';

export const APP_ORIGIN = 'skillward-app://dashboard';

export interface StartOptions {
  /** Python source by skill id. */
  readonly skills?: Readonly<Record<string, string>>;
  /** What stands in `config.json` beside the skills folder. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The data folder of an app started before. */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  /** Whether the desktop shows tray icons; on Linux the app asks the session bus. */
  readonly tray?: boolean;
}

/** The window's page sees this; the specs speak to the host through it as the dashboard does. */
interface DashboardWindow {
  readonly skillward: BridgeApi;
}

/** One running app with all a test needs of it. */
export class Desktop {
  readonly app: LaunchedApp;
  readonly dataDir: string;
  readonly skillsDir: string;
  /** Processes the host has told of. */
  readonly #told = new Set<number>();

  constructor(app: LaunchedApp, dataDir: string, skillsDir: string) {
    this.app = app;
    this.dataDir = dataDir;
    this.skillsDir = skillsDir;
  }

  /** The dashboard's page, once it is there and has its skills. */
  async page(): Promise<Page> {
    let found: Page | undefined;
    await expect
      .poll(
        async () => {
          found = (await this.app.pages()).find((page) => page.url().startsWith(originOfPages()));
          return found !== undefined;
        },
        { timeout: 40_000 },
      )
      .toBe(true);
    if (found === undefined) throw new Error('there is no page');
    await expect(found.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 40_000 });
    return found;
  }

  /** A command over the page's own bridge; fails when the host refuses. */
  async call<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandAnswer<Name>> {
    const page = await this.page();
    const answer = await page.evaluate(
      ([command, given]) =>
        (globalThis as unknown as DashboardWindow).skillward.commands[command as 'host.ping'](given as never),
      [name, payload] as const,
    );
    if (answer.error !== null) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
    return answer.payload as CommandAnswer<Name>;
  }

  /** The skill as the host has it now. */
  async skill(skillId: string) {
    const { skills } = await this.call('skill.list', {});
    for (const { process: own } of skills) if (own.pid !== null) this.#told.add(own.pid);
    return skills.find((skill) => skill.id === skillId);
  }

  async healthy(...skillIds: readonly string[]): Promise<void> {
    for (const skillId of skillIds)
      await expect
        .poll(async () => (await this.skill(skillId))?.health.status.kind, { timeout: 40_000 })
        .toBe('healthy');
  }

  seen(): Promise<Observed> {
    return this.app.evaluate(readObserved);
  }

  /** What dialogs are answered with from now on: the index of a button, or a path for a folder dialog. */
  answer(...answers: readonly (number | string)[]): Promise<void> {
    return this.app.evaluate((_electron, given) => {
      (globalThis as unknown as { desktopSeen: { answers: unknown[] } }).desktopSeen.answers.push(...given);
    }, answers);
  }

  clickTray(id: string): Promise<void> {
    return this.app.evaluate((_electron, wanted) => {
      const { trayMenu } = (globalThis as unknown as { desktopSeen: { trayMenu: Electron.Menu | null } })
        .desktopSeen;
      const item = trayMenu?.getMenuItemById(wanted);
      if (item == null) throw new Error(`the tray has no ${wanted}`);
      item.click();
    }, id);
  }

  clickMenu(id: string): Promise<void> {
    return this.app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (item == null) throw new Error(`the menu has no ${wanted}`);
      item.click();
    }, id);
  }

  /** The main window's state; null when there is none. */
  window() {
    return this.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return window === undefined
        ? null
        : {
            visible: window.isVisible(),
            minimized: window.isMinimized(),
            address: window.webContents.getURL(),
            title: window.getTitle(),
          };
    });
  }

  closeWindow(): Promise<void> {
    return this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  }

  /** Asks the app to quit, as its menu does, and waits for its end. */
  async quit(): Promise<{ readonly code: number | null; readonly tookMs: number }> {
    const startedMs = performance.now();
    await this.app.evaluate(({ app }) => {
      // Later: the answer to this question has to leave first.
      setTimeout(() => app.quit(), 20);
    });
    return { code: await this.app.exited, tookMs: performance.now() - startedMs };
  }

  /** Processes of the skills of this app that live: on Linux all there are, elsewhere those the host has told of. */
  processes(): number[] {
    return process.platform === 'linux' ? skillProcessesOf(this.dataDir) : [...this.#told].filter(lives);
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Where pages of the dashboard are: the double's Chromium does not know the app's scheme. */
export function originOfPages(): string {
  return desktopRuntime().kind === 'double'
    ? doubledAddress(`${APP_ORIGIN}/`, 'skillward-app')
    : `${APP_ORIGIN}/`;
}

/** Starts the app; `launch` alone gives one whose end is expected. */
export function launch(
  dataDir: string,
  options: Pick<StartOptions, 'args' | 'tray'> = {},
): Promise<LaunchedApp> {
  const bin = join(dataDir, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'gdbus'), `#!/bin/sh\necho "(${options.tray ?? true},)"\n`);
  chmodSync(join(bin, 'gdbus'), 0o755);
  const env = {
    ...process.env,
    SKILLWARD_DATA_DIR: dataDir,
    ELECTRON_DOUBLE_TEMP: dataDir,
    XDG_CONFIG_HOME: join(dataDir, 'xdg-config'),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    TZ: 'UTC',
  };
  const args = options.args ?? [];
  return desktopRuntime().kind === 'double'
    ? Promise.resolve(launchOnDouble({ main: mainFile, args, cwd: root, env }))
    : launchOnElectron({ root, args, env });
}

/** A running app of its own, and how to end it without asking. */
interface Started {
  readonly desktop: Desktop;
  end(): Promise<void>;
}

async function startDesktop(options: StartOptions): Promise<Started> {
  const dataDir = options.dataDir ?? tempDir();
  const skillsDir = join(dataDir, 'my-skills');
  mkdirSync(skillsDir, { recursive: true });
  const sources = Object.entries(options.skills ?? {}).map(([id, source]) => [id, { source }] as const);
  writeSkills(skillsDir, Object.fromEntries(sources));
  if (options.dataDir === undefined) {
    writeFileSync(
      join(dataDir, 'config.json'),
      JSON.stringify({
        health: { checkIntervalSecs: 1 },
        ...options.config,
        skills: { folders: [skillsDir] },
      }),
    );
  }
  const app = await launch(dataDir, options);
  await app.evaluate(observe);
  return {
    desktop: new Desktop(app, dataDir, skillsDir),
    async end() {
      app.kill();
      await app.exited;
      if (process.platform === 'linux') for (const pid of skillProcessesOf(dataDir)) killIfThere(pid);
      // The double's browser may need a moment longer to let go of its profile.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

interface Fixtures {
  /** Starts apps; all of them and their folders are gone when the test ends. */
  start(options?: StartOptions): Promise<Desktop>;
  /**
   * One app with one healthy skill, `weather`, shared by tests that leave it as they found it; at its first page, and
   * with nothing observed yet.
   */
  house: Desktop;
}

export const test = base.extend<Fixtures, { sharedApp: Desktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  start: async ({}, use, testInfo) => {
    const started: Started[] = [];
    await use(async (options = {}) => {
      const one = await startDesktop(options);
      started.push(one);
      return one.desktop;
    });
    for (const { desktop, end } of started) {
      await end();
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('app log', { body: desktop.app.log() });
    }
  },
  sharedApp: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const { desktop, end } = await startDesktop({ skills: { weather: healthySkill } });
      await use(desktop);
      await end();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  house: async ({ sharedApp }, use, testInfo) => {
    await sharedApp.app.evaluate(async ({ BrowserWindow }) => {
      const { desktopSeen } = globalThis as unknown as { desktopSeen: Record<string, unknown> };
      for (const list of Object.values(desktopSeen)) if (Array.isArray(list)) list.length = 0;
      const [window] = BrowserWindow.getAllWindows();
      if (window?.webContents.getURL() !== 'skillward-app://dashboard/')
        await window?.loadURL('skillward-app://dashboard/#/').catch(() => undefined);
    });
    await sharedApp.healthy('weather');
    await use(sharedApp);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('app log', { body: sharedApp.app.log() });
  },
});

export { expect } from '@playwright/test';

/** A process may end by itself between being seen and being killed: that is what was wanted. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
