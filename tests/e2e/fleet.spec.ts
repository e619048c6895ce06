import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  isLive,
  removeDir,
  skillProcessesOf,
  startHost,
  type TestHost,
  tempDir,
  writeSkills,
} from '../support/host-process.ts';
import { natsServer, startBroker } from '../support/nats-server.ts';
import { healthySkill, sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, seriousFindings, test } from './dashboard.ts';
import { chooseOption, openPalette } from './keys.ts';

const watched =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nauto_quarantine = false\nmax_failures_in_window = 50\n';

const ERROR = 'OSError: no signal';

test.skip(natsServer === null, 'there is no nats-server on this machine');

/** Starts one more host that is in the fleet from its start on. */
async function member(skills: Parameters<typeof writeSkills>[1]): Promise<TestHost> {
  return startHost({ skillsDir: writeSkills(tempDir(), skills) });
}

async function away(host: TestHost): Promise<void> {
  if (isLive(host.pid)) await host.stop();
  expect(skillProcessesOf(host.dataDir)).toEqual([]);
  removeDir(host.dataDir);
  removeDir(host.skillsDir);
}

async function switchTo(page: Page, name: string): Promise<void> {
  await openPalette(page);
  await page.keyboard.type(`switch to ${name}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Host shown' })).toContainText(name);
}

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
}

test('many machines in one dashboard: seen, switched to, ordered, refused, learnt from and unknown, by keyboard', async ({
  openDashboard,
}) => {
  const broker = await startBroker();
  const joining = { servers: [broker.url], auth: { kind: 'none' }, shareFixes: true };
  const [bravo, charlie] = await Promise.all([
    member({ radio: { source: sickOnDemandSkill, manifest: watched } }),
    member({ lamp: { source: sickOnDemandSkill, manifest: watched } }),
  ]);
  const { host: alpha, page } = await openDashboard({ mail: { source: healthySkill, manifest: watched } });
  const nav = page.getByRole('navigation', { name: 'Main' });
  const title = page.getByRole('heading', { level: 1 });
  try {
    // A host alone shows nothing of fleets, but says how to get into one.
    await expect(nav.getByRole('link', { name: 'Overview', exact: true })).toBeVisible();
    await expect(nav.getByRole('link', { name: 'Fleet' })).toHaveCount(0);
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page.getByText('skillward fleet join')).toBeVisible();

    writeFileSync(join(bravo.skillsDir, 'radio', 'sick'), ERROR);
    await bravo.client.event('incident.changed', ({ incident }) => incident.skillId === 'radio');
    await bravo.client.call('fleet.join', {
      ...joining,
      name: 'Bravo',
      role: 'operator',
      labels: { place: 'attic' },
    });
    await charlie.client.call('fleet.join', { ...joining, name: 'Charlie' });
    await alpha.client.call('fleet.join', { ...joining, name: 'Alpha' });

    // Those with skills that need somebody come first.
    const rows = page.getByRole('table').getByRole('row');
    await expect(rows).toHaveCount(4);
    await expect(title).toHaveText('1 of 3 hosts needs attention');
    await expect(rows.nth(1)).toContainText('Bravo');
    await expect(rows.nth(1)).toContainText('1 needs attention');
    await expect(rows.nth(2)).toContainText('this host');
    await bothThemes(page);

    // What mended it on Bravo is written down from here.
    await switchTo(page, 'Bravo');
    const sick = page.getByRole('article', { name: /^radio/ });
    await sick.getByRole('link', { name: 'Record a fix' }).press('Enter');
    await page.getByRole('textbox', { name: 'What fixed it' }).fill('Turn the antenna');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('row', { name: /Turn the antenna/ })).toBeVisible();

    // The same error on a third machine: it is suggested there, with the name of the host that learnt it.
    writeFileSync(join(charlie.skillsDir, 'lamp', 'sick'), ERROR);
    await switchTo(page, 'Charlie');
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    const suggested = page.getByRole('article', { name: /^lamp/ });
    await expect(suggested).toContainText('Turn the antenna');
    await expect(suggested).toContainText('learnt on Bravo');

    // A host that lets its fleet look only: everything to do is locked, with the reason.
    await expect(page.getByRole('region', { name: 'Host shown' })).toContainText('look only');
    await page.getByRole('row', { name: /lamp/ }).getByRole('link', { name: 'lamp' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Restart' })).toBeDisabled();
    await expect(page.getByRole('group', { name: /lets its fleet look only/ }).first()).toBeAttached();
    expect((await bravo.client.call('skill.list')).skills).toHaveLength(1);
    // From here on it is silent: its last figures must not pass for the present.
    await charlie.kill9();

    // Another machine's skills and nothing else, also after a reload.
    await page.locator('[data-host-switch]').press('Enter');
    await page.getByRole('textbox', { name: 'Find a host' }).fill('brav');
    await chooseOption(page.getByRole('option', { name: /Bravo/ }));
    await expect(page.getByRole('region', { name: 'Host shown' })).toContainText('Bravo');
    await expect(title).toHaveText(/1 of 1 skill/);
    await page.reload();
    await expect(page.getByRole('region', { name: 'Host shown' })).toContainText('Bravo');
    const radio = page.getByRole('row', { name: /radio/ });
    await expect(radio).toContainText('Failing');
    await expect(page.getByText('mail', { exact: true })).toHaveCount(0);

    // Quarantined over there from here, and it stays so there.
    await radio.getByRole('link', { name: 'radio' }).press('q');
    await page.getByRole('textbox', { name: 'Reason' }).fill('no signal since noon');
    await page.keyboard.press('Control+Enter');
    await expect(radio).toContainText('Quarantined');
    const { skills } = await bravo.client.call('skill.list');
    expect(skills[0]).toMatchObject({ id: 'radio', lifecycle: 'quarantined' });
    const { actions } = await bravo.client.call('action.list', {});
    expect(actions.find(({ kind }: { kind: string }) => kind === 'quarantineSkill').reason).toContain(
      'no signal',
    );
    await bothThemes(page);

    // The way back is the browser's, and nothing of Bravo comes along.
    await page.goBack();
    await expect(page.getByRole('region', { name: 'Host shown' })).toContainText('Charlie');
    await page.getByRole('button', { name: 'Back to Alpha' }).press('Enter');
    await expect(page.getByRole('region', { name: 'Host shown' })).toHaveCount(0);
    await expect(page.getByRole('row', { name: /mail/ })).toBeVisible();
    await expect(page.getByText('radio', { exact: true })).toHaveCount(0);

    // One order for several hosts, with what became of it on each.
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page.getByRole('row', { name: /Charlie/ })).toContainText('Unknown');
    await page.getByRole('link', { name: 'Bravo' }).press('Control+a');
    await page.getByRole('button', { name: 'Release…' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('left out: not heard from');
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Bravo' })).toContainText('radio');
    await dialog.getByRole('button', { name: 'Release 1 skill' }).press('Enter');
    await expect(page.getByRole('region', { name: 'What became of it' })).toContainText('1 of 1 released');

    // What went wrong, wherever it did; each opens on its own host.
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('radio', { name: 'Alpha' }).press('ArrowRight');
    const incident = page.getByRole('row', { name: /radio/ }).first();
    await expect(incident).toContainText('Bravo');
    await incident.getByRole('link').first().press('Enter');
    await expect(page.getByRole('region', { name: 'Host shown' })).toContainText('Bravo');
    await expect(title).toContainText('radio');
  } finally {
    await Promise.all([away(bravo), away(charlie)]);
    await broker.remove();
  }
});
