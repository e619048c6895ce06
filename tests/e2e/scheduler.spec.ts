import { healthySkill } from '../support/python-skills.ts';
import { expect, quick, seriousFindings, test } from './dashboard.ts';
import { chooseOption } from './keys.ts';

const manifest = quick.replace('check_interval_secs = 1', 'check_interval_secs = 60');

test('a task is made, run, changed, paused and deleted with the keyboard alone', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill, manifest } });
  await host.client.event('health.checked');
  await go('/scheduler');
  const undo = (said: string) =>
    page.getByRole('alert').filter({ hasText: said }).getByRole('button', { name: 'Undo' });
  await page.getByRole('button', { name: 'New task' }).press('Enter');
  const form = page.getByRole('form', { name: 'New task' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Fetch the forecast');
  await page.keyboard.press('Tab');
  await chooseOption(page.getByRole('option', { name: 'weather' }));
  await expect(form.getByRole('combobox', { name: 'Skill' })).toHaveValue('weather');
  await page.keyboard.press('Tab');
  await page.keyboard.type('invoke');
  await page.keyboard.press('Tab');
  await page.keyboard.type('{"city": ');
  await page.keyboard.press('Control+Enter');
  await expect(form).toContainText('This is not a JSON object');
  await page.keyboard.type('"Oslo"}');

  const runs = form.getByRole('list', { name: 'Next runs' });
  await expect(runs.getByRole('listitem')).toHaveCount(5);
  await form.getByRole('radio', { name: 'Weekly' }).press('ArrowRight');
  const cron = form.getByRole('textbox', { name: 'Cron expression' });
  await cron.fill('whenever');
  await expect(form).toContainText('not a cron expression');
  await cron.fill('*/15 * * * *');
  await expect(form).toContainText('Every 15 minutes');
  await expect(runs.getByRole('listitem')).toHaveCount(5);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
  await cron.press('Control+Enter');
  await expect(form).toBeHidden();
  const row = page.getByRole('row', { name: /^Fetch the forecast/ });
  await expect(row).toContainText('Every 15 minutes · weather, invoke');
  const created = (await host.client.call('scheduler.list')).tasks[0];
  expect(created).toMatchObject({ id: 'fetch-the-forecast', invoke: { params: { city: 'Oslo' } } });

  await row.getByRole('button', { name: /^Run now/ }).press('Enter');
  await expect(row).toContainText('weather invoke answered');
  await row.getByRole('switch', { name: 'Fetch the forecast enabled' }).press('Space');
  await expect(row).toContainText('Paused');
  await undo('is paused').press('Enter');
  await expect(row).toContainText('On schedule');

  await row.getByRole('button', { name: 'More for Fetch the forecast' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Edit…' }).press('Enter');
  const edit = page.getByRole('form', { name: 'Edit the task' });
  await expect(edit.getByRole('textbox', { name: 'Parameters' })).toHaveValue(/"city": "Oslo"/);
  await edit.getByRole('radio', { name: 'Every…' }).focus();
  await page.keyboard.press('ArrowRight');
  await edit.getByLabel('At', { exact: true }).fill('07:30');
  await expect(edit).toContainText('Every day at 07:30');
  await edit.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(row).toContainText('Every day at 07:30');
  await row.getByRole('button', { name: 'More for Fetch the forecast' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await expect(row).toBeHidden();
  await undo('is deleted').press('Enter');
  await expect(row).toContainText('Every day at 07:30');
});

test('two fixes become one, which knows both errors and its past', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill, manifest } });
  const note = (error: string, fixDescription: string) =>
    host.client.call('fix.record', { error, fixDescription });
  const { pattern: one } = await note("KeyError: 'token'", 'Renew the token');
  const { pattern: other } = await note('PermissionError: [Errno 13] Permission denied', 'Log in again');
  await host.client.call('fix.update', { fixId: one.id, fixDescription: 'Renew the token in the vault' });
  await go(`/fixes?fix=${one.id}`);
  const fix = page.getByRole('article', { name: 'Renew the token in the vault' });
  await fix.getByText('What became of it').press('Enter');
  await expect(fix).toContainText('Edited, before: Renew the token');
  await fix.getByRole('button', { name: 'Merge this fix into another' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Merge into another fix' });
  await dialog.getByRole('combobox', { name: 'Merge into' }).focus();
  await chooseOption(page.getByRole('option', { name: /^Log in again/ }));
  const preview = dialog.getByLabel('What comes of it');
  await expect(preview).toContainText('Log in again');
  await expect(preview).toContainText('2 of 2 times (1 of 1 and 1 of 1)');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
  await dialog.getByRole('button', { name: 'Merge' }).press('Enter');
  const merged = page.getByRole('article', { name: 'Log in again' });
  await expect(merged).toContainText('keyerror');
  await merged.getByText('What became of it').press('Enter');
  await expect(merged).toContainText('Took over another fix: Renew the token in the vault');
  const { patterns } = await host.client.call('fix.list');
  expect(patterns).toMatchObject([{ id: other.id, successCount: 2, alsoFor: [{}] }]);
});
