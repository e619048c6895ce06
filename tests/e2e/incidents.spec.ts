import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { writeSkills } from '../support/host-process.ts';
import { healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, seriousFindings, test } from './dashboard.ts';
import { chooseOption } from './keys.ts';

const watched =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nmax_consecutive_failures = 2\nmax_failures_in_window = 50\n';
const REFUSED = 'HTTPStatusError: 401 Client Error: Unauthorized for url https://api.example.com/v1/me';

/** Moves on with the Tab key until this is where the keyboard is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let step = 0; step < 80; step += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('not reached by keyboard');
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

test('an incident from its first failure to its resolution with a fix, by keyboard alone', async ({
  openDashboard,
}) => {
  const { host, page } = await openDashboard({
    mail: { source: sickOnDemandSkill, manifest: watched },
    weather: { source: healthySkill, manifest: watched },
  });
  await host.client.event('health.checked', ({ skillId }) => skillId === 'mail');
  writeFileSync(join(host.skillsDir, 'mail', 'sick'), REFUSED);
  await host.client.event('incident.changed', ({ incident }) => incident.quarantined);

  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 incident is open');
  const nav = page.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link', { name: /^Incidents/ })).toContainText('1 open');
  const row = page.getByRole('row', { name: /mail/ });
  await expect(row).toContainText('Quarantined');
  await expect(row).toContainText('HTTPStatusError: 401');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await seriousFindings(page)).toEqual([]);

  await press(page, row.getByRole('link', { name: /HTTPStatusError/ }));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Incident #1 · mail');
  const story = page.getByRole('region', { name: 'What happened' });
  await expect(story).toContainText('Quarantined');
  await expect(story).toContainText('Told people');
  await expect(page.getByRole('region', { name: 'Similar ones before' })).toContainText('this is new');

  await press(page, page.getByRole('button', { name: 'Acknowledge…' }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.type('Ann renews the token');
  await tabTo(page, dialog.getByRole('radio', { name: 'Until it ends' }));
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: '1 hour' })).toBeChecked();
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, dialog.getByRole('button', { name: 'Acknowledge' }));
  await expect(dialog).toBeHidden();
  const about = page.getByRole('region', { name: 'About this incident' });
  await expect(about).toContainText('Ann renews the token');
  await expect(about).toContainText('open again in');
  await expect(nav.getByRole('link', { name: /^Incidents/ })).not.toContainText('1 open');

  await press(page, page.getByRole('button', { name: 'Mute…' }));
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // "Resolve with a fix": recorded here, named as what ended it.
  await press(page, page.getByRole('button', { name: 'Resolve…' }));
  await press(page, dialog.getByRole('button', { name: 'Record a new fix and resolve with it' }));
  await expect(dialog.getByRole('textbox', { name: 'What fixed it' })).toBeFocused();
  await page.keyboard.type('Renew the token in the vault');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(about).toContainText('Resolved');
  await expect(about.getByRole('link', { name: 'Renew the token in the vault' })).toBeVisible();
  // Over by a person's word only: the skill is still in quarantine.
  expect((await host.client.call('skill.list')).skills[0].lifecycle).toBe('quarantined');

  await press(page, page.getByRole('button', { name: 'Reopen' }));
  await expect(about).toContainText('Acknowledged');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await seriousFindings(page)).toEqual([]);
});

test('incidents are found by state and word, and the audit by who, what and skill', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard({
    mail: { source: sickOnDemandSkill, manifest: watched.replace('failures = 2', 'failures = 50') },
    shop: { source: sickOnDemandSkill, manifest: watched },
  });
  await host.client.event('health.checked', ({ skillId }) => skillId === 'mail');
  writeFileSync(join(host.skillsDir, 'mail', 'sick'), REFUSED);
  await host.client.event('incident.changed', ({ incident }) => incident.skillId === 'mail');
  rmSync(join(host.skillsDir, 'mail', 'sick'));
  await host.client.event('incident.changed', ({ incident }) => incident.endedAt !== null);
  writeFileSync(join(host.skillsDir, 'shop', 'sick'), "KeyError: 'basket'");
  const { payload } = await host.client.event(
    'incident.changed',
    ({ incident }) => incident.skillId === 'shop',
  );
  await host.client.call('incident.mute', { incidentId: payload.incident.id, until: 'recovery' });

  await go('/incidents');
  await press(page, page.getByRole('button', { name: '1 Muted' }));
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').last()).toContainText('shop');
  await press(page, page.getByRole('button', { name: '1 Resolved' }));
  await expect(page.getByRole('row').last()).toContainText('mail');
  const search = page.getByRole('textbox', { name: 'Find an incident' });
  await tabTo(page, search);
  await page.keyboard.type('basket');
  await expect(page.getByText('No incident is like that')).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Clear the filters' }));
  await expect(page.getByRole('row')).toHaveCount(3);
  expect(page.url()).not.toContain('basket');

  await tabTo(page, page.getByRole('tab', { name: 'Incidents' }));
  await page.keyboard.press('ArrowRight');
  const audit = page.getByRole('region', { name: 'Actions' });
  await expect(audit).toContainText('Incident muted');
  await tabTo(page, audit.getByRole('combobox', { name: 'Who' }));
  await chooseOption(page.getByRole('option', { name: 'A person' }));
  await expect(audit.getByRole('row')).toHaveCount(2);
  await expect(audit.getByRole('row').last()).toContainText('muted until it ends');
  expect(await seriousFindings(page)).toEqual([]);
  const saved = page.waitForEvent('download');
  await press(page, audit.getByRole('button', { name: 'CSV' }));
  const csv = readFileSync(await (await saved).path(), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain(',shop,muteIncident,user,');
});

test('a storm is one toast, the bell lists it, and silence is one setting', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({ weather: { source: healthySkill } });
  const broken = { source: healthySkill, manifest: 'interpreter = "/no/such/python"' };
  const ids = Array.from({ length: 12 }, (_, index) => `skill-${index}`);
  writeSkills(host.skillsDir, Object.fromEntries(ids.map((id) => [id, broken])));
  await host.client.call('skills.reload');
  const toasts = page.locator('.mantine-Notification-root');
  await expect(toasts.filter({ hasText: '12 skills cannot start' })).toBeVisible();
  expect(await toasts.count()).toBeLessThanOrEqual(3);

  const bell = page.getByRole('button', { name: /^Notices/ });
  await expect(bell).toHaveAccessibleName('Notices, 1 new');
  await press(page, bell);
  const list = page.getByRole('dialog', { name: 'Notices' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('skill-0');
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, list.getByRole('button', { name: 'Mark all read' }));
  await press(page, list.getByRole('button', { name: 'Mute all for 4 h' }));
  await expect(list).toContainText('Nothing pops up until');
  const { config } = await host.client.call('config.get');
  expect(config.notifications.mutedUntil).toBeGreaterThan(Date.now() + 3 * 3_600_000);
  await page.keyboard.press('Escape');
  await expect(bell).toHaveAccessibleName('Notices, muted');
  await expect(bell).toBeFocused();
});
