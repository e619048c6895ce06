import { healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, originOfPages, test } from './desktop.ts';

test('quarantine from the page ends the process, and release on trial brings it back', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill, mail: healthySkill } });
  const page = await desktop.page();
  await desktop.healthy('weather', 'mail');
  await expect.poll(() => desktop.processes()).toHaveLength(2);

  await page.goto(`${originOfPages()}#/skill/weather`);
  await page.getByRole('heading', { level: 1, name: /weather/ }).waitFor();
  await page.keyboard.press('q');
  await page.getByRole('dialog').getByLabel('Reason').fill('posts every message twice');
  await page.getByRole('dialog').getByRole('button', { name: 'Quarantine' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('posts every message twice').first()).toBeVisible();
  expect(await desktop.skill('weather')).toMatchObject({
    lifecycle: 'quarantined',
    process: { state: 'stopped', pid: null },
  });
  await expect.poll(() => desktop.processes()).toHaveLength(1);

  await expect.poll(async () => (await desktop.seen()).toolTip).toBe('Skillward: 1 of 2 needs attention');
  await desktop.clickTray('release:weather');
  await desktop.healthy('weather');
  await expect.poll(async () => (await desktop.seen()).toolTip).toBe('Skillward: All 2 skills are well');
});

test('a fix recorded in the form is suggested for the next error of its kind', async ({ start }) => {
  const desktop = await start({ skills: { mail: sickOnDemandSkill } });
  const page = await desktop.page();
  await desktop.healthy('mail');
  await page.goto(`${originOfPages()}#/fixes?record=1`);
  await page.getByLabel('The error').fill('HTTP 401 Unauthorized: token for 10.0.0.7 expired');
  await page.getByLabel('What fixed it').fill('Renewed the token');
  await expect(page.getByText('yours will be the first')).toBeVisible();
  await page.getByRole('button', { name: /Save fix/ }).click();
  await expect
    .poll(async () => (await desktop.call('fix.list', {})).patterns.map((pattern) => pattern.fixDescription))
    .toEqual([expect.stringContaining('Renewed the token')]);
  const { matches } = await desktop.call('fix.match', {
    error: 'HTTP 401 Unauthorized: token for 10.0.0.99 expired',
  });
  expect(matches[0]?.pattern.fixDescription).toContain('Renewed the token');
});
