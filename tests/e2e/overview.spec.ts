import type { Locator, Page } from '@playwright/test';
import type { Skill } from '../../shared/model/skill.ts';
import { crashingSkill, healthySkill } from '../support/python-skills.ts';
import { expect, quick, seriousFindings, test } from './dashboard.ts';
import { openPalette } from './keys.ts';

const names = ['alpha', 'beta', 'delta', 'gamma'];
const four = Object.fromEntries(names.map((id) => [id, { source: healthySkill }]));
const row = (page: Page, id: string) => page.getByRole('row', { name: new RegExp(`^${id} `) });
const link = (page: Page, id: string) => row(page, id).getByRole('link', { name: id, exact: true });
const selected = (page: Page) => page.getByRole('region', { name: 'Selected skills' });

/** Moves the focus with Tab alone, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 60; step += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

async function find(page: Page, words: string): Promise<void> {
  await openPalette(page);
  await page.getByRole('textbox', { name: 'Find or do anything' }).waitFor();
  await page.keyboard.type(words);
}

test('several skills at once, by keyboard alone', async ({ openDashboard }) => {
  const { host, page } = await openDashboard(four);
  for (const id of names) await expect(row(page, id)).toContainText('Healthy');
  // They were sorted while some were still starting.
  await page.getByRole('button', { name: 'Skill', exact: true }).press('Enter');
  await tabTo(page, link(page, 'alpha'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(link(page, 'delta')).toBeFocused();
  await expect(selected(page)).toContainText('3 skills selected');

  await page.keyboard.press('Shift+R');
  await expect(page.getByText('3 skills restarted')).toBeVisible();

  await page.keyboard.press('q');
  await expect(page.getByRole('dialog', { name: 'Quarantine 3 skills?' })).toBeVisible();
  await page.keyboard.type('moving the server');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('3 skills quarantined')).toBeVisible();
  const { skills }: { skills: readonly Skill[] } = await host.client.call('skill.list', {});
  const away = skills.filter(({ lifecycle }) => lifecycle === 'quarantined');
  expect(away.map(({ id }) => id)).toEqual(['alpha', 'beta', 'delta']);

  // One reason for all: one decision for all.
  await link(page, 'delta').press('q');
  const dialog = page.getByRole('dialog', { name: 'Release 3 skills?' });
  await expect(dialog.getByRole('group')).toHaveCount(1);
  await expect(dialog).toContainText('moving the server');
  await tabTo(page, dialog.getByRole('button', { name: 'Release 3 skills' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 skills released')).toBeVisible();

  await tabTo(page, link(page, 'delta'));
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await expect(selected(page)).toContainText('4 skills selected');
  await page.keyboard.press('p');
  await expect(page.getByText('4 skills paused')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(page.getByText('4 skills started')).toBeVisible();
});

test('what failed of many is named, and tried again', async ({ openDashboard }) => {
  const slow = '[restart]\nfirst_delay_secs = 60\nmax_delay_secs = 60\n';
  const { host, page } = await openDashboard({
    alpha: { source: healthySkill },
    broken: { source: crashingSkill, manifest: slow },
  });
  await host.client.event(
    'skill.changed',
    ({ skillId, skill }) => skillId === 'broken' && skill?.process.state === 'backoff',
  );
  await row(page, 'broken').getByRole('checkbox').check();
  await row(page, 'alpha')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await selected(page).getByRole('button', { name: 'Check now' }).click();
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress.getByRole('status')).toHaveText('1 of 2 checked');
  await expect(progress.getByRole('listitem').first()).toContainText(/broken.*was not asked/);
  await progress.getByRole('button', { name: 'Try the other 1 again' }).click();
  await expect(progress.getByRole('status')).toHaveText('0 of 1 checked');
  await progress.getByRole('button', { name: 'Close' }).click();
  await expect(progress).toHaveCount(0);
});

test('filters are in the address, the view is remembered, each empty screen says why', async ({
  openDashboard,
}) => {
  const { page } = await openDashboard(four);
  await expect(row(page, 'alpha')).toContainText('Healthy');
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Filter by name' })).toBeFocused();
  await page.keyboard.type('ta');
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByRole('radio', { name: 'Cards' }).press('Space');
  await page.reload();
  const cards = page.getByRole('list', { name: 'Skills' }).getByRole('listitem');
  await expect(cards).toHaveCount(2);
  await expect(cards.first()).toContainText('beta');

  // A card is reached, left and selected like a row.
  await cards.first().getByRole('link', { name: 'beta' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(selected(page)).toContainText('1 skill selected');
  // What a filter hides must not be acted on.
  await page.getByRole('textbox', { name: 'Filter by name' }).fill('zzz');
  await expect(page.getByRole('heading', { name: 'None of the 4 skills is among them' })).toBeVisible();
  await expect(selected(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'Show all 4' }).press('Enter');
  await expect(cards).toHaveCount(4);
  await page.evaluate(() => {
    location.hash = '/?show=attention';
  });
  await expect(page.getByRole('heading', { name: 'Nothing needs attention' }).first()).toBeVisible();
});

test('without a skill the screen says where they are looked for', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({});
  await expect(page.getByRole('heading', { name: 'No skills yet' }).first()).toBeVisible();
  await expect(page.getByText(host.skillsDir).first()).toBeVisible();
});

test('the palette finds skills, settings and incidents, and remembers', async ({ openDashboard }) => {
  const { page } = await openDashboard({
    alpha: { source: healthySkill },
    broken: { source: crashingSkill, manifest: quick },
  });
  await expect(row(page, 'broken')).toContainText(/Fail|Quarantined/);
  await find(page, 'quiet until');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Settings');
  await expect(page.getByRole('textbox', { name: 'Quiet until' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+1');
  await expect(row(page, 'alpha')).toBeVisible();
  await find(page, 'valueerror');
  await expect(page.getByRole('button', { name: /broken: .*ValueError/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await openPalette(page);
  const palette = page.getByRole('dialog', { name: 'Find or do anything' });
  await expect(palette.getByRole('button').first()).toContainText('Quiet until');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Select all');
});

test('the first steps: taken once, by keyboard, and back from the palette', async ({ openDashboard }) => {
  const { host, page } = await openDashboard({ alpha: { source: healthySkill } });
  const steps = page.getByRole('region', { name: 'First steps' });
  await tabTo(page, steps.getByRole('button', { name: 'Take them' }));
  await page.keyboard.press('Enter');
  await expect(steps).toContainText(/Python 3\./);
  await expect(steps).toContainText('1 skill');
  await tabTo(page, steps.getByRole('button', { name: 'Next' }));
  await page.keyboard.press('Enter');
  await tabTo(page, steps.getByRole('button', { name: 'Send a test' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('A test of Skillward').first()).toBeVisible();
  await tabTo(page, steps.getByRole('button', { name: 'Next' }));
  await page.keyboard.press('Enter');
  await expect(steps).toContainText('skillward serve');
  await tabTo(page, steps.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await expect(steps).toHaveCount(0);
  const { config } = await host.client.call('config.get', {});
  expect(config.general.firstRunDone).toBe(true);
  await page.reload();
  await expect(row(page, 'alpha')).toBeVisible();
  await expect(steps).toHaveCount(0);
  await find(page, 'first steps');
  await page.keyboard.press('Enter');
  await expect(steps.getByRole('button', { name: 'Next' })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the overview in any of its states, ${scheme}`, async ({
    openDashboard,
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { host } = await openDashboard({
      alpha: { source: healthySkill },
      broken: { source: healthySkill },
    });
    await host.client.call('skill.quarantine', { skillId: 'broken', reason: 'ValueError: token expired' });
    await expect(row(page, 'broken')).toContainText('Quarantined');
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      const findings = await seriousFindings(page);
      if (findings.length > 0) found[state] = findings;
    };
    await page.getByRole('button', { name: 'Take them' }).click();
    await row(page, 'alpha').getByRole('checkbox').check();
    await row(page, 'broken').getByRole('checkbox').check();
    // The bar floats over the list while there is more below it; at the end it stands under it.
    await page.locator('#screen').evaluate((screen) => screen.scrollTo(0, screen.scrollHeight));
    await look('selected');
    await selected(page).getByRole('button', { name: 'Release' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('release');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Cards' }).press('Space');
    await look('cards');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('shortcuts');
    expect(found).toEqual({});
  });
}
