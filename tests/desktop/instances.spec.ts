import { healthySkill } from '../support/python-skills.ts';
import { expect, launch, test } from './desktop.ts';

test('a second start shows the first one, at the page its link names, and ends', async ({
  house: desktop,
}) => {
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());

  const second = await launch(desktop.dataDir, { args: ['skillward://v1/skill/weather?tab=logs'] });
  expect(await second.exited).toBe(0);
  await expect
    .poll(() => desktop.window())
    .toMatchObject({
      minimized: false,
      visible: true,
      address: 'skillward-app://dashboard/#/skill/weather?tab=logs',
    });
  const page = await desktop.page();
  await expect(page.getByRole('tab', { name: 'Logs' })).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => desktop.processes()).toHaveLength(1);
});

test('a link that is none of ours only brings the window to the front', async ({ house: desktop }) => {
  const before = await desktop.window();
  const links = ['skillward://v1/skill/../../etc/passwd', 'skillward://v1/quarantine/weather'];
  const seconds = await Promise.all(links.map((link) => launch(desktop.dataDir, { args: [link] })));
  for (const second of seconds) expect(await second.exited).toBe(0);
  expect((await desktop.window())?.address).toBe(before?.address);
  expect((await desktop.skill('weather'))?.lifecycle).toBe('active');
});

test('a link opens its page on a first start as well', async ({ start }) => {
  const desktop = await start({
    skills: { weather: healthySkill },
    args: ['skillward://v1/skill/weather'],
  });
  const page = await desktop.page();
  await expect(page.getByRole('heading', { level: 1, name: /weather/ })).toBeVisible();
});

test('macOS hands a link over as an event', async ({ house: desktop }) => {
  await desktop.app.evaluate(({ app }) => {
    app.emit('open-url', { preventDefault: () => undefined }, 'skillward://v1/screen/fixes');
  });
  await expect.poll(async () => (await desktop.window())?.address).toBe('skillward-app://dashboard/#/fixes');
});
