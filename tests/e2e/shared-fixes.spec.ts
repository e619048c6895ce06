import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDir, startHost, tempDir, writeSkills } from '../support/host-process.ts';
import { natsServer, startBroker } from '../support/nats-server.ts';
import { sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, seriousFindings, test } from './dashboard.ts';

const watched =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nauto_quarantine = false\nmax_failures_in_window = 50\n';
const ERROR = 'OSError: no signal';

test.skip(natsServer === null, 'there is no nats-server on this machine');

test('a fix learnt on another host is suggested, marked with where it comes from, told how it went, and hidden', async ({
  openDashboard,
}) => {
  const broker = await startBroker();
  const bravo = await startHost({ skillsDir: writeSkills(tempDir(), {}) });
  const joining = { servers: [broker.url], auth: { kind: 'none' }, shareFixes: true };
  const { host, page, go } = await openDashboard({ radio: { source: sickOnDemandSkill, manifest: watched } });
  try {
    await host.client.call('fleet.join', { ...joining, name: 'Alpha' });
    await bravo.client.call('fleet.join', { ...joining, name: 'Bravo' });
    const fixDescription = 'Turn the antenna\nTowards the window.';
    await bravo.client.call('fix.record', { error: ERROR, fixDescription });
    await bravo.client.call('fix.record', { error: 'KeyError: "band"', fixDescription: 'Set the band' });
    await host.client.event('fix.changed', ({ pattern }) => pattern?.fixDescription === 'Set the band');

    // Beside the error, with the name of the host.
    writeFileSync(join(host.skillsDir, 'radio', 'sick'), ERROR);
    await host.client.event('incident.changed', ({ incident }) => incident.skillId === 'radio');
    await go('/skill/radio');
    const suggestion = page.getByRole('region', { name: 'Suggested fix' }).first();
    await expect(suggestion).toContainText('Turn the antenna');
    await expect(suggestion).toContainText('learnt on Bravo · worked once');
    await suggestion.getByRole('button', { name: 'It worked' }).press('Enter');
    await expect(suggestion).toContainText('Noted: it worked.');
    // Who comes back, or whose skill was well for a moment, is not asked again.
    await go('/scheduler');
    await expect(suggestion).toBeHidden();
    await go('/skill/radio');
    await expect(suggestion).toContainText('Noted: it worked.');

    // In the list and in full, with what was counted here and there.
    await go('/fixes');
    const row = page.getByRole('row', { name: /Turn the antenna/ });
    await expect(row).toContainText('learnt on Bravo');
    await expect(row).toContainText('2 of 2');
    await page.getByRole('textbox', { name: 'Find a fix or an error' }).fill('bravo');
    await expect(page.getByRole('row')).toHaveCount(3);
    await row.getByRole('button').press('Enter');
    const fix = page.getByRole('article', { name: 'Turn the antenna' });
    await expect(fix).toContainText('here: worked once; on 1 other host: worked once');
    await expect(fix).toContainText(/Learnt on\s*Bravo/);
    await fix.getByText('What became of it').press('Enter');
    await expect(fix).toContainText('Recorded on Bravo');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page)).toEqual([]);
    }
    await expect
      .poll(async () => (await bravo.client.call('fix.list')).patterns[0].elsewhere?.successCount)
      .toBe(1);

    // Edited it becomes this host's own; hidden it is hidden here only.
    await fix.getByRole('button', { name: 'Edit this fix' }).press('Enter');
    await expect(page.getByText('What Bravo has written down stays there as it is.')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await fix.getByRole('button', { name: 'Hide this fix on this host' }).press('Enter');
    await expect(page.getByText('Hid “Turn the antenna”')).toBeVisible();
    await expect(row).toHaveCount(0);
    expect((await bravo.client.call('fix.list')).patterns).toHaveLength(2);
  } finally {
    await bravo.stop();
    removeDir(bravo.dataDir);
    removeDir(bravo.skillsDir);
    await broker.remove();
  }
});
