import { isCommandName } from '../../shared/contract/index.ts';
import { healthySkill } from '../support/python-skills.ts';
import { expect, quick, seriousFindings, test } from './dashboard.ts';
import { openPalette } from './keys.ts';

test('the token leaves the address, and no script, style or font breaks the policy', async ({
  openDashboard,
}) => {
  const { page } = await openDashboard({ weather: { source: healthySkill } });
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page.getByRole('row', { name: /^weather / })).toBeVisible();
});

test('what the first frame needs is on its way before the page is read, and it is styled once', async ({
  openDashboard,
}) => {
  const { page } = await openDashboard({ weather: { source: healthySkill } });
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (!(node instanceof HTMLStyleElement)) continue;
          if (node.hasAttribute('data-mantine-disable-transition')) seen.push(node.textContent ?? '');
        }
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(page.getByRole('row', { name: /^weather / })).toBeVisible();
  const { seen, sockets, fonts } = await page.evaluate(() => {
    const entries = performance.getEntriesByType('resource');
    const preloaded = document.querySelector<HTMLLinkElement>('link[rel="preload"][as="font"]')?.href;
    return {
      seen: (globalThis as unknown as { seen: string[] }).seen,
      sockets: document.querySelectorAll('link[rel="modulepreload"][href*="first-socket"]').length,
      fonts: entries.flatMap((entry) =>
        entry instanceof PerformanceResourceTiming && entry.name === preloaded ? [entry.initiatorType] : [],
      ),
    };
  });
  // A style for every element that comes and goes, as a change of the colour scheme brings one, styles the page twice more.
  expect(seen).toEqual([]);
  expect(sockets).toBe(1);
  // Asked for by the page itself, once, and not again by its style sheet.
  expect(fonts).toEqual(['link']);
});

test('without the token the page says so and shows nothing', async ({ openDashboard, context }) => {
  const { host } = await openDashboard({ weather: { source: healthySkill } });
  const stranger = await context.newPage();
  await stranger.goto(new URL(host.url).origin);
  await expect(stranger.getByText(/token|address/i).first()).toBeVisible();
  await expect(stranger.getByText('weather')).toHaveCount(0);
});

test('a lost connection is shown and heals', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({ weather: { source: healthySkill, manifest: quick } });
  await expect(page.getByRole('row', { name: /^weather / })).toContainText('Healthy');
  process.kill(host.pid, 'SIGSTOP');
  await page.context().setOffline(true);
  process.kill(host.pid, 'SIGCONT');
  await page.context().setOffline(false);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('a host that is gone is said to be gone', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({ weather: { source: healthySkill } });
  await expect(page.getByRole('row', { name: /^weather / })).toContainText('Healthy');
  await host.stop();
  await expect(
    page
      .getByRole('status')
      .or(page.getByRole('alert'))
      .filter({ hasText: /lost|gone|connect/i })
      .first(),
  ).toBeVisible();
});

test('the scheduler runs the health round now and shows what it came to', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  await go('/scheduler');
  await page.getByRole('button', { name: /Run now/ }).click();
  await expect(page.getByText(/1 of 1 skills healthy/).first()).toBeVisible();
});

test('a changed interval is saved at once and in force', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  await go('/settings');
  const field = page.getByRole('textbox', { name: /^Check every/ }).first();
  await field.fill('1');
  await field.press('Enter');
  await host.client.event('config.changed', ({ config }) => config.health.checkIntervalSecs === 1);
  await host.client.event('health.checked', ({ record }) => record.totalChecks >= 3);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any screen, ${scheme}`, async ({ openDashboard, page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { host, go } = await openDashboard({ weather: { source: healthySkill } });
    await host.client.event('health.checked');
    await host.client.call('skill.quarantine', {
      skillId: 'weather',
      reason: 'ValueError: token expired (401)',
    });
    await host.client.call('fix.record', {
      error: 'ValueError: token expired (401)',
      fixDescription: 'Renew the token',
    });
    const found: Record<string, string[]> = {};
    for (const route of [
      '/',
      '/skill/weather',
      ...['checks', 'incidents', 'logs', 'actions', 'config', 'setup'].map(
        (tab) => `/skill/weather?tab=${tab}`,
      ),
      '/skill/nobody',
      '/add',
      '/incidents',
      '/incidents?tab=actions',
      '/logs',
      '/fixes',
      '/fixes?record=1',
      '/scheduler',
      '/settings',
      '/?welcome=1',
      '/nowhere',
    ]) {
      await go(route);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      const findings = await seriousFindings(page);
      if (findings.length > 0) found[route] = findings;
    }
    expect(found).toEqual({});
  });
}

test('every flow of a skill by keyboard alone', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  await expect(page.getByRole('row', { name: /^weather / })).toContainText('Healthy');
  const link = page.getByRole('row', { name: /^weather / }).getByRole('link', { name: 'weather' });
  for (
    let step = 0;
    step < 40 && !(await link.evaluate((node) => node === document.activeElement));
    step += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('weather');
  await page.keyboard.press('q');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await openPalette(page);
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Settings');
});

test('on every screen the page keeps to its policy, and asks only what the contract names', async ({
  openDashboard,
  page,
}) => {
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { brokenPolicy: broken });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      broken.push(`${violatedDirective}: ${blockedURI}`),
    );
  });
  const asked = new Set<string>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => asked.add(JSON.parse(String(payload)).command)),
  );
  const { host, go } = await openDashboard({ weather: { source: healthySkill } });
  await host.client.event('health.checked');
  for (const route of ['/', '/incidents', '/fixes', '/scheduler', '/logs', '/add', '/settings']) {
    await go(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
  }
  for (const tab of ['health', 'checks', 'incidents', 'logs', 'actions', 'config']) {
    await go(`/skill/weather?tab=${tab}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('weather');
  }
  await openPalette(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  const seen = await page.evaluate(() => ({
    broken: (window as unknown as { brokenPolicy: string[] }).brokenPolicy,
    globals: Object.keys(window).filter((name) => /skillward|electron|require|process/i.test(name)),
  }));
  expect(seen).toEqual({ broken: [], globals: [] });
  expect(asked.size).toBeGreaterThan(8);
  expect([...asked].filter((name) => !isCommandName(name))).toEqual([]);
});
