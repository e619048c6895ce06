import { escapingSkill, healthySkill, stubbornSkill } from '../support/python-skills.ts';
import { expect, test } from './desktop.ts';

/** DESIGN.md section 5: all skills within 6 s. What is measured also holds the end of the app and its browser. */
const BUDGET_MS = 6000;
const AROUND_IT_MS = 6000;

test('quit ends stubborn skills within its budget and leaves nothing behind', async ({ start }) => {
  const desktop = await start({
    skills: { polite: healthySkill, stubborn: stubbornSkill, escaping: escapingSkill },
  });
  await desktop.healthy('polite', 'stubborn', 'escaping');
  expect(desktop.processes().length).toBeGreaterThanOrEqual(4);
  const { code, tookMs } = await desktop.quit();
  expect(code).toBe(0);
  expect(desktop.processes()).toEqual([]);
  expect(tookMs).toBeLessThan(BUDGET_MS + AROUND_IT_MS);
});

test('a second wish to quit, a signal and a closed window change nothing about the order', async ({
  start,
}) => {
  const desktop = await start({ skills: { stubborn: stubbornSkill } });
  await desktop.healthy('stubborn');
  await desktop.app.evaluate(({ app, BrowserWindow }) => {
    setTimeout(() => {
      app.quit();
      app.quit();
      BrowserWindow.getAllWindows()[0]?.close();
    }, 20);
  });
  expect(await desktop.app.exited).toBe(0);
  expect(desktop.processes()).toEqual([]);
});

test('a signal and the shutdown of the system end the skills the same way', async ({ start }) => {
  const byShutdown = await start({ skills: { stubborn: stubbornSkill } });
  await byShutdown.healthy('stubborn');
  const prevented = await byShutdown.app.evaluate(
    ({ powerMonitor }) =>
      new Promise<boolean>((resolve) => {
        powerMonitor.emit('shutdown', { preventDefault: () => resolve(true) });
      }),
  );
  expect(prevented).toBe(true);
  expect(await byShutdown.app.exited).toBe(0);
  expect(byShutdown.processes()).toEqual([]);

  // Windows has no signal that asks: it only ends.
  if (process.platform === 'win32') return;
  const bySignal = await start({ skills: { weather: healthySkill } });
  await bySignal.healthy('weather');
  process.kill(bySignal.app.pid, 'SIGTERM');
  expect(await bySignal.app.exited).toBe(0);
  expect(bySignal.processes()).toEqual([]);
});
