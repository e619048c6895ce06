import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { healthySkill } from '../support/python-skills.ts';
import { expect, seriousFindings, test } from './dashboard.ts';
import { openPalette } from './keys.ts';

const one = { alpha: { source: healthySkill } };
// Far enough from UTC that a wrong clock shows.
test.use({ timezoneId: 'Asia/Tokyo' });

async function choose(page: Page, name: string, file: unknown): Promise<void> {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  await page
    .locator('#settings-exchange input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

test('a setting by keyboard: found, explained where it is wrong, saved, taken back', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard(one);
  const inForce = async () => (await host.client.call('config.get', {})).config;
  await go('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Settings');
  await page.keyboard.press('/');
  await page.keyboard.type('quiet from');
  const quiet = page.getByRole('textbox', { name: 'Quiet from' });
  await expect(page.getByRole('textbox', { name: /^Check every/ })).toHaveCount(0);
  await quiet.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('25:00');
  await expect(page.getByRole('alert')).toHaveText('Must be a time of day, for example 22:00.');
  await page.keyboard.press('Enter');
  expect((await inForce()).notifications.quietFrom).toBe('22:00');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('21:30');
  await page.keyboard.press('Enter');
  await host.client.event('config.changed', ({ config }) => config.notifications.quietFrom === '21:30');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await host.client.event('config.changed', ({ config }) => config.notifications.quietFrom === '22:00');
});

test('one member of a skill’s own settings is inherited again, the other stays', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard(one);
  await host.client.call('config.patch', {
    overrides: { alpha: { health: { checkIntervalSecs: 7, healthTimeoutSecs: 3 } } },
  });
  await go('/settings?section=overrides&skill=alpha');
  const card = page.getByRole('region', { name: 'Settings of one skill' });
  await expect(card.getByText('Set for this skill.')).toHaveCount(2);
  await card.getByRole('button', { name: 'Inherit Check every again' }).press('Enter');
  await host.client.event(
    'config.changed',
    ({ config }) => JSON.stringify(config.overrides.alpha) === '{"health":{"healthTimeoutSecs":3}}',
  );
  await expect(card.getByText('Set for this skill.')).toHaveCount(1);
});

test('settings go to a file and come back as one change, which can be taken back', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard(one);
  const inForce = async () => (await host.client.call('config.get', {})).config;
  await host.client.call('config.patch', {
    health: { checkIntervalSecs: 42 },
    overrides: { alpha: { restart: { maxDelaySecs: 9 } } },
  });
  await go('/settings?section=exchange');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export settings' }).press('Enter');
  const saved = await (await download).path();
  const file = JSON.parse(readFileSync(saved, 'utf8'));
  expect(file).toMatchObject({
    format: 'skillward-settings',
    settings: { health: { checkIntervalSecs: 42 } },
  });
  expect(JSON.stringify(file)).not.toContain(host.skillsDir);

  await page.getByRole('button', { name: 'Reset all settings' }).press('Enter');
  await host.client.event('config.changed', ({ config }) => config.health.checkIntervalSecs === 300);
  expect((await inForce()).overrides).toEqual({});

  file.settings.skills = { folders: ['/somewhere/else'] };
  file.settings.general.theme = 'dark';
  await choose(page, 'mine.json', file);
  const dialog = page.getByRole('dialog', { name: 'Import mine.json' });
  await expect(dialog.getByRole('row', { name: /Check every 300 s 42 s/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /Longest wait, alpha inherited 9 s/ })).toBeVisible();
  await expect(dialog.getByRole('row')).toHaveCount(4);
  expect((await inForce()).health.checkIntervalSecs).toBe(300);
  await dialog.getByRole('button', { name: 'Import 3 settings' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  const after = await inForce();
  expect(after.general.theme).toBe('dark');
  expect(after.overrides).toEqual({ alpha: { restart: { maxDelaySecs: 9 } } });
  expect(after.skills.folders).toEqual([]);
  // The toast of the reset is on its way out.
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await host.client.event('config.changed', ({ config }) => config.general.theme === 'system');
  expect(await inForce()).toMatchObject({ health: { checkIntervalSecs: 300 }, overrides: {} });

  const card = page.getByRole('region', { name: 'Export, import, reset' });
  await choose(page, 'bad.json', { ...file, settings: { health: { checkIntervalSecs: 0 } } });
  await expect(card.getByRole('alert')).toContainText('settings.health.checkIntervalSecs');
  await choose(page, 'photo.json', 'no JSON');
  await expect(card.getByRole('alert')).toContainText('photo.json is not JSON');
});

test('times are shown by the clock that was chosen, here and after a reload', async ({ openDashboard }) => {
  const { host, page } = await openDashboard(one);
  await host.client.event('health.checked');
  const checked = page
    .getByRole('row', { name: /^alpha / })
    .getByRole('time')
    .first();
  await expect(checked).toHaveAttribute('title', /GMT\+9/);
  await openPalette(page);
  await page.getByRole('textbox', { name: 'Find or do anything' }).waitFor();
  await page.keyboard.type('times in utc');
  await page.keyboard.press('Enter');
  await expect(checked).toHaveAttribute('title', /UTC/);
  await page.reload();
  await expect(checked).toHaveAttribute('title', /UTC/);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the settings and their import, ${scheme}`, async ({
    openDashboard,
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { go } = await openDashboard(one);
    await go('/settings?section=exchange&skill=alpha');
    await expect(page.getByText(/Python 3\./)).toBeVisible();
    const found = { screen: await seriousFindings(page), dialog: [] as string[] };
    await choose(page, 'mine.json', {
      format: 'skillward-settings',
      version: 1,
      settings: { general: { clock: 'utc' } },
    });
    await expect(page.getByRole('dialog')).toBeVisible();
    found.dialog = await seriousFindings(page);
    expect(found).toEqual({ screen: [], dialog: [] });
  });
}
