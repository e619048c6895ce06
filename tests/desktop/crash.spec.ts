import { healthySkill } from '../support/python-skills.ts';
import { type Desktop, expect, test } from './desktop.ts';

const skills = { weather: healthySkill };

test('a crashed page comes back by itself once, then asks; no skill notices', async ({ start }) => {
  const desktop = await start({ skills });
  await desktop.healthy('weather');
  const pid = (await desktop.skill('weather'))?.process.pid;

  await crash(desktop);
  await shown(desktop);
  expect((await desktop.seen()).dialogs).toEqual([]);

  await desktop.answer(0);
  await crash(desktop);
  await expect
    .poll(async () => (await desktop.seen()).dialogs.map((dialog) => dialog.message))
    .toEqual(['The dashboard has crashed twice within a minute.']);
  await shown(desktop);
  await expect.poll(() => desktop.processes()).toEqual([pid]);
  expect(desktop.app.log()).toContain('process is gone');
});

test('who does not want the page back still has the tray, and gets a new window from it', async ({
  start,
}) => {
  const desktop = await start({ skills });
  await desktop.healthy('weather');
  await crash(desktop);
  await shown(desktop);
  await desktop.answer(1);
  await crash(desktop);
  await expect.poll(() => desktop.window()).toBe(null);
  await expect.poll(() => desktop.processes()).toHaveLength(1);
  await desktop.clickTray('show');
  await shown(desktop);
});

function crash(desktop: Desktop): Promise<void> {
  return desktop.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
}

/** Asks the page through the app: the test's own connection to a crashed page stays dead. */
async function shown(desktop: Desktop): Promise<void> {
  await expect
    .poll(
      () =>
        desktop.app.evaluate(async ({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          if (contents === undefined || contents.isCrashed()) return '';
          return contents.executeJavaScript('document.body.innerText').catch(() => '') as Promise<string>;
        }),
      { timeout: 40_000 },
    )
    .toContain('weather');
}
