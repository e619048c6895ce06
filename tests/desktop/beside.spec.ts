import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSkills } from '../support/host-process.ts';
import { crashingSkill, healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, test } from './desktop.ts';

test('the tray says what is wrong, and its menu acts', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill, mail: crashingSkill } });
  await desktop.healthy('weather');
  await expect.poll(async () => (await desktop.seen()).toolTip).toBe('Skillward: 1 of 2 needs attention');
  const { trayMenu } = await desktop.seen();
  expect(trayMenu[0]).toMatchObject({ id: 'status', label: '1 of 2 needs attention', enabled: false });
  expect(trayMenu.find((entry) => entry.id === 'skill:mail')?.entries.map((entry) => entry.label)).toContain(
    'Open',
  );
  await desktop.clickTray('open:mail');
  await expect
    .poll(async () => (await desktop.window())?.address)
    .toBe('skillward-app://dashboard/#/skill/mail');

  await desktop.clickTray('pause-all');
  await expect.poll(() => desktop.processes()).toEqual([]);
  await expect.poll(async () => (await desktop.seen()).toolTip).toBe('Skillward: All 2 skills are paused');
  await desktop.clickTray('resume-all');
  await desktop.healthy('weather');
});

test('a notification opens its incident; the tray mutes as the dashboard does', async ({ start }) => {
  const desktop = await start({ skills: { mail: sickOnDemandSkill } });
  await desktop.healthy('mail');
  writeFileSync(join(desktop.skillsDir, 'mail', 'sick'), 'token expired (401) <b>now</b>');
  await expect
    .poll(async () => (await desktop.seen()).notifications.length, { timeout: 40_000 })
    .toBeGreaterThan(0);
  const [first] = (await desktop.seen()).notifications;
  expect(first?.title).toContain('mail');
  expect(`${first?.title}${first?.body}`).not.toMatch(/[<>]/);
  await desktop.app.evaluate(() => {
    const { desktopSeen } = globalThis as unknown as {
      desktopSeen: { notifications: Electron.Notification[] };
    };
    desktopSeen.notifications[0]?.emit('click');
  });
  await expect
    .poll(async () => (await desktop.window())?.address)
    .toMatch(/^skillward-app:\/\/dashboard\/#\/incidents\/\d+$/);

  await desktop.clickTray('mute-1');
  await expect
    .poll(async () => (await desktop.seen()).trayMenu.find((entry) => entry.id === 'unmute')?.label)
    .toMatch(/muted until \d/);
  expect((await desktop.call('config.get', {})).config.notifications.mutedUntil).toBeGreaterThan(Date.now());
});

test('the badge and the title count what needs somebody', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  await desktop.healthy('weather');
  await desktop.call('skill.quarantine', { skillId: 'weather', reason: 'test' });
  await expect.poll(async () => (await desktop.window())?.title).toBe('(1) Skillward');
  await expect.poll(() => desktop.app.evaluate(({ app }) => app.badgeCount)).toBe(1);
});

test('the native menu opens screens, and a folder chosen in the dialog becomes a skills folder', async ({
  start,
}) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  await desktop.healthy('weather');
  await desktop.clickMenu('go:#/scheduler');
  await expect
    .poll(async () => (await desktop.window())?.address)
    .toBe('skillward-app://dashboard/#/scheduler');

  const more = writeSkills(join(desktop.dataDir, 'more'), { radio: { source: healthySkill } });
  await desktop.answer(more);
  await desktop.clickMenu('add-folder');
  await desktop.healthy('radio');
  expect((await desktop.call('config.get', {})).config.skills.folders).toEqual([desktop.skillsDir, more]);

  await desktop.clickMenu('skill-guide');
  await desktop.clickMenu('open-data');
  await expect
    .poll(async () => (await desktop.seen()).openedPaths)
    .toEqual([expect.stringMatching(/docs.skills\.md$/), desktop.dataDir]);
});

test('start at login is a file on Linux, made and removed with the setting', async ({ house: desktop }) => {
  test.skip(process.platform !== 'linux', 'macOS and Windows keep login items of their own');
  const file = join(desktop.dataDir, 'xdg-config', 'autostart', 'skillward.desktop');
  await desktop.clickTray('start-at-login');
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^Exec=".+" ".+" "--hidden"$/m);
  expect((await desktop.call('config.get', {})).config.general.startAtLogin).toBe(true);
  await desktop.call('config.patch', { general: { startAtLogin: false } });
  await expect.poll(() => existsSync(file)).toBe(false);
});

test('asleep, nothing is checked; awake, it goes on and nobody is blamed', async ({ house: desktop }) => {
  await desktop.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
  });
  const asleep = (await desktop.skill('weather'))?.health.totalChecks;
  // Long enough for three checks at the interval of one second, were anybody awake.
  await new Promise((resolve) => setTimeout(resolve, 3500));
  expect((await desktop.skill('weather'))?.health.totalChecks).toBe(asleep);
  await desktop.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume');
  });
  await expect
    .poll(async () => (await desktop.skill('weather'))?.health.totalChecks)
    .toBeGreaterThan(asleep ?? 0);
  expect(await desktop.skill('weather')).toMatchObject({
    health: { status: { kind: 'healthy' }, totalFailures: 0 },
    process: { restarts: 0 },
  });
});
