import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crashingSkill, degradedSkill, healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, quick, test } from './dashboard.ts';

test('the overview shows every skill with its state as it becomes known', async ({ openDashboard }) => {
  const { page } = await openDashboard({
    weather: { source: healthySkill },
    bot: { source: degradedSkill },
    crash: { source: crashingSkill, manifest: quick },
    broken: { source: healthySkill, manifest: 'entry_file = "../x.py"' },
  });
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) });
  await expect(row('weather')).toContainText('Healthy');
  await expect(row('bot')).toContainText('Degraded');
  await expect(row('broken')).toContainText('Broken');
  await expect(row('crash')).toContainText('Quarantined', { timeout: 30_000 });
  const card = page.getByRole('article', { name: /^crash/ });
  await expect(card).toContainText('ValueError: token expired (401)');
  await expect(page.getByRole('button', { name: '1 Quarantined' })).toBeVisible();
  await page.getByRole('button', { name: '1 Quarantined' }).click();
  await expect(row('weather')).toHaveCount(0);
});

test('a check, a restart, a pause and a start by hand', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  await go('/skill/weather');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('weather');
  const before = (await host.client.call('skill.list')).skills[0];

  await page.getByRole('button', { name: 'Check now' }).click();
  await host.client.event(
    'health.checked',
    ({ record }) => record.totalChecks === before.health.totalChecks + 1,
  );

  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  const { payload } = await host.client.event(
    'skill.changed',
    ({ skill }) => skill.process.state === 'running' && skill.process.pid !== before.process.pid,
  );
  await expect(page.getByText(`pid ${payload.skill.process.pid}`)).toBeVisible();

  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /Pause/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused');
  await host.client.event('skill.changed', ({ skill }) => skill.paused && skill.process.state === 'stopped');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Healthy');
});

test('quarantine with a reason, and release as a trial', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill, manifest: quick } });
  await host.client.event('health.checked');
  await go('/skill/weather');
  await page.getByRole('button', { name: 'Quarantine…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('its numbers look wrong');
  await dialog.getByRole('button', { name: /^Quarantine/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Quarantined');
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('its numbers look wrong');
  await host.client.event(
    'skill.changed',
    ({ skill }) => skill.lifecycle === 'quarantined' && skill.process.state === 'stopped',
  );

  await page.getByRole('button', { name: 'Release…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Release|^Start/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Healthy');
  await host.client.event(
    'skill.changed',
    ({ skill }) =>
      skill.lifecycle === 'active' && skill.trialChecksLeft === null && skill.health.totalChecks > 3,
  );
});

test('a killed skill is seen, restarted and explained without a reload', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  await go('/skill/weather');
  const { skills } = await host.client.call('skill.list');
  process.kill(skills[0].process.pid, 'SIGKILL');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('SIGKILL');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Restarted');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Healthy');
});

test('a fix recorded for an error is suggested for the next occurrence with another path, time and number', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard({
    bank: { source: sickOnDemandSkill, manifest: quick },
    shop: { source: sickOnDemandSkill, manifest: quick },
  });
  await host.client.event('health.checked');
  const sick = (id: string, text: string) => writeFileSync(join(host.skillsDir, id, 'sick'), text);
  sick(
    'bank',
    "2026-01-15T12:34:56Z FileNotFoundError: [Errno 2] No such file or directory: '/home/ann/in/4711.csv'",
  );
  const card = page.getByRole('article', { name: /^bank/ });
  await expect(card).toContainText('Nothing known fixes this yet');
  await card.getByRole('link', { name: 'Record a fix' }).click();

  const form = page.getByRole('form', { name: 'Record a fix' });
  await expect(form.getByRole('textbox', { name: 'The error' })).toHaveValue(/FileNotFoundError/);
  await form.getByRole('textbox', { name: 'What fixed it' }).fill('Mount the share');
  await form
    .getByRole('textbox', { name: 'How, in a few words' })
    .fill('The input share is not mounted after a reboot.');
  await form.getByText('Any skill').click();
  await form.getByRole('button', { name: /Save fix/ }).click();
  await expect(page.getByRole('row', { name: /Mount the share/ })).toBeVisible();

  rmSync(join(host.skillsDir, 'bank', 'sick'));
  sick(
    'shop',
    "2026-11-02T01:02:03Z FileNotFoundError: [Errno 2] No such file or directory: '/srv/bob/out/17.csv'",
  );
  await go('/');
  await expect(page.getByRole('article', { name: /^shop/ })).toContainText('Mount the share');
  await go('/skill/shop');
  await expect(page.getByRole('region', { name: 'What fixed it before' })).toContainText('Mount the share');
});
