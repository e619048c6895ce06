import { healthySkill } from '../support/python-skills.ts';
import { expect, test } from './desktop.ts';

const skills = { weather: healthySkill };

test('closing hides into the tray, explained once, and the tray brings the window back', async ({
  start,
}) => {
  const desktop = await start({ skills });
  await desktop.healthy('weather');
  await desktop.answer(0);
  await desktop.closeWindow();
  await expect.poll(async () => (await desktop.window())?.visible).toBe(false);
  expect((await desktop.seen()).dialogs.map((dialog) => dialog.message)).toEqual(['Skillward keeps running']);
  await expect.poll(() => desktop.processes()).toHaveLength(1);

  await desktop.clickTray('show');
  await expect.poll(async () => (await desktop.window())?.visible).toBe(true);
  await desktop.closeWindow();
  await expect.poll(async () => (await desktop.window())?.visible).toBe(false);
  expect((await desktop.seen()).dialogs).toHaveLength(1);
});

test('who answers that closing should quit gets that, now and later', async ({ start }) => {
  const desktop = await start({ skills });
  await desktop.healthy('weather');
  await desktop.answer(1);
  await desktop.closeWindow();
  expect(await desktop.app.exited).toBe(0);
  expect(desktop.processes()).toEqual([]);

  const again = await start({ dataDir: desktop.dataDir });
  await again.healthy('weather');
  await again.closeWindow();
  expect(await again.app.exited).toBe(0);
});

test('without a tray the window is never hidden, only minimised', async ({ start }) => {
  test.skip(process.platform !== 'linux', 'macOS and Windows always show tray icons');
  const desktop = await start({ skills, tray: false });
  await desktop.healthy('weather');
  await desktop.answer(0);
  await desktop.closeWindow();
  await expect.poll(() => desktop.window()).toMatchObject({ visible: true, minimized: true });
  expect((await desktop.seen()).dialogs[0]?.detail).toContain('only minimised');
});

test('started at login, the tray is enough; without one the window is shown all the same', async ({
  start,
}) => {
  const hidden = await start({ skills, args: ['--hidden'] });
  await expect.poll(async () => (await hidden.seen()).toolTip).toBe('Skillward: The skill is well');
  expect((await hidden.window())?.visible).toBe(false);
  await hidden.clickTray('show');
  await expect.poll(async () => (await hidden.window())?.visible).toBe(true);

  if (process.platform !== 'linux') return;
  const shown = await start({ skills, args: ['--hidden'], tray: false });
  await shown.page();
  await expect.poll(async () => (await shown.window())?.visible).toBe(true);
});
