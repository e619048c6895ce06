import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, quick, seriousFindings, test } from './dashboard.ts';
import { openTab, press } from './keys.ts';

const needsToken = `${quick}
[[credentials]]
name = "bot_token"
env_var = "BOT_TOKEN"
description = "Token of the bot account"
`;

test('ranges, zoom, tables, files and filters of the skill page, by keyboard', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill, manifest: quick } });
  await host.client.event('health.checked', ({ record }) => record.totalChecks >= 3);
  await go('/skill/weather');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('weather, Healthy');

  const health = page.getByRole('region', { name: 'Health' });
  await expect(health.locator('#health-summary')).toContainText('100 % of');
  await page.getByRole('radio', { name: '1 h' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/range=24h/);
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/range=1h/);

  await health.locator('svg.recharts-surface').first().focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/from=\d+/);
  const zoomed = page.url();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).not.toHaveURL(zoomed);
  await press(page, 'Back to 1 h');
  await expect(page).not.toHaveURL(/from=/);

  await press(page, 'Show as table');
  await expect(health.getByRole('table', { name: /Checks of weather/ })).toContainText('Healthy');
  await page.getByRole('radio', { name: 'States' }).press('Space');
  await expect(
    health
      .getByRole('table', { name: /States of weather/ })
      .getByRole('row')
      .nth(1),
  ).toContainText('Healthy');
  expect(await seriousFindings(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await press(page, 'CSV');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^skillward-weather-states-.*\.csv$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\uFEFFfrom,to,seconds,state,marks\r\n/);

  await openTab(page, 'Checks');
  await page
    .getByRole('button', { name: /Healthy/, expanded: false })
    .first()
    .press('Enter');
  const open = page.getByRole('listitem').filter({ has: page.getByRole('button', { expanded: true }) });
  await expect(open).toContainText('skill.health');
  // While a row is read, newer checks wait for a word.
  await expect(page.getByRole('button', { name: /newer check/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Unreachable' }).press('Space');
  await expect(page).toHaveURL(/outcome=unreachable/);
  await expect(page.getByText('No check on record was unreachable.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
});

test('a rule changed in place is in force and can be taken back, and the skill can be asked by hand', async ({
  openDashboard,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { host, go } = await openDashboard({ weather: { source: healthySkill } });
  await go('/skill/weather?tab=config');
  const override = async () => (await host.client.call('config.get')).config.overrides.weather?.health ?? {};
  await page.getByRole('button', { name: 'Change Asked every' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Asked every' });
  await expect(field).toBeFocused();
  await page.keyboard.type('0');
  await expect(page.getByText('Must be at least 1.')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Asked every/ })).toContainText('settings of this skill');
  expect(await override()).toEqual({ checkIntervalSecs: 7 });
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, 'Undo');
  await expect(page.getByRole('row', { name: /Asked every/ })).toContainText('default');
  expect(await override()).toEqual({});

  await openTab(page, 'Invoke');
  const params = page.getByRole('textbox', { name: /Parameters/ });
  await params.fill('[1]');
  await press(page, 'Invoke');
  await expect(page.getByText('Parameters are a JSON object')).toBeVisible();
  await params.fill('{"city":"Bern"}');
  await press(page, 'Invoke');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('"city": "Bern"');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a missing credential has its form where it is missed, and a release says what is not mended', async ({
  openDashboard,
}) => {
  const { host, page, go } = await openDashboard({
    bot: { source: sickOnDemandSkill, manifest: needsToken },
  });
  await go('/skill/bot');
  const why = page.getByRole('region', { name: 'Why' });
  const token = why.getByRole('textbox', { name: 'Value of bot_token' });
  await token.fill('t0k3n-of-the-bot');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('bot, Healthy');
  await expect(token).toHaveCount(0);
  await openTab(page, 'Setup');
  const credentials = page.getByRole('region', { name: 'Credentials' });
  await expect(credentials).toContainText('entered');
  expect(await page.content()).not.toContain('t0k3n');
  expect(await seriousFindings(page)).toEqual([]);

  // Its files change under it: the page offers the restart that puts them in force.
  const before = (await host.client.call('skill.list')).skills[0].process.pid;
  writeFileSync(join(host.skillsDir, 'bot', 'skill.py'), `${sickOnDemandSkill}\n# changed\n`);
  await why.getByRole('button', { name: 'Restart now' }).press('Enter');
  await host.client.event(
    'skill.changed',
    ({ skill }) => skill?.process.state === 'running' && skill.process.pid !== before,
  );

  writeFileSync(join(host.skillsDir, 'bot', 'sick'), 'ValueError: token expired (401)');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failing');
  await host.client.call('skill.quarantine', { skillId: 'bot', reason: 'it answers nonsense' });
  await page.getByRole('button', { name: 'Release…' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Not fixed as far as Skillward knows');
  await page.keyboard.press('Escape');
});

test.describe('with answers no host gives', () => {
  test.use({ expectedComplaint: /Cannot read properties of null/ });

  test('what cannot be drawn says so in its own place, and is drawn again when asked', async ({
    page,
    openDashboard,
  }) => {
    // The chart must not take the page with it.
    let broken = true;
    const histories = new Set<string>();
    await page.routeWebSocket(/\/ws/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const { command, requestId } = JSON.parse(String(message));
        if (command === 'history.query') histories.add(requestId);
        server.send(message);
      });
      server.onMessage((message) => {
        const answer = JSON.parse(String(message));
        const spoilt = broken && histories.has(answer.requestId);
        socket.send(
          spoilt ? JSON.stringify({ ...answer, payload: { buckets: [null], marks: [] } }) : message,
        );
      });
    });
    const { host, go } = await openDashboard({ weather: { source: healthySkill, manifest: quick } });
    await host.client.event('health.checked');
    await go('/skill/weather');
    const alert = page.getByRole('alert').filter({ hasText: 'This chart could not be drawn.' });
    await expect(alert).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('weather, Healthy');
    await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
    broken = false;
    await expect(async () => {
      // What it choked on may still be the newest answer there is.
      if (await alert.isVisible()) await press(page, 'Try again');
      await expect(page.locator('#health-summary')).toContainText('100 % of', { timeout: 1000 });
    }).toPass();
  });
});
