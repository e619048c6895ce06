import { readFileSync } from 'node:fs';
import { talkingSkill } from '../support/python-skills.ts';
import { type Dashboard, expect, quick, seriousFindings, test } from './dashboard.ts';

const manifest = quick.replace('check_interval_secs = 1', 'check_interval_secs = 60');
const talkers = {
  alpha: { source: talkingSkill, manifest },
  beta: { source: talkingSkill, manifest },
};

/** Lets a skill write, and waits until the host has the last line. */
async function say({ host }: Dashboard, skillId: string, lines: number, text: string): Promise<void> {
  await host.client.call('skill.invoke', { skillId, method: 'invoke', params: { lines, text } });
  const last = text.replace('%d', String(lines - 1));
  for (;;) {
    const { lines: end } = await host.client.call('logs.read', { skillId, limit: 1 });
    if (end[0]?.text === last) return;
    await host.client.event('log.appended');
  }
}

test('logs of several skills are read, searched, followed and saved with the keyboard alone', async ({
  openDashboard,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const dashboard = await openDashboard(talkers);
  const { host, page, go } = dashboard;
  // Not until it has been asked: what is thrown away on a busy machine is asked again a minute later.
  for (const id of Object.keys(talkers))
    await host.client.skill(id, ({ process }) => process.state === 'running', 30_000);
  await say(dashboard, 'alpha', 6000, 'alpha %d');
  await say(dashboard, 'beta', 5000, 'beta %d');
  await say(dashboard, 'beta', 1, '{"event": "sold", "items": [1, 2]}');
  await say(dashboard, 'alpha', 1, 'ERROR the \u001b[31mneedle\u001b[0m broke');

  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const grid = page.getByRole('grid', { name: 'Log lines' });
  await expect(grid).toContainText('ERROR the needle broke');
  await expect(grid.getByRole('row').last()).toContainText('needle');

  // Up to the very beginning: page after page from the disk, never more rows than fit, never more lines than may be.
  await grid.focus();
  const beginning = page.getByText('The log begins here');
  let mostRows = 0;
  while (!(await beginning.isVisible())) {
    await page.keyboard.press('Home');
    mostRows = Math.max(mostRows, await grid.getByRole('row').count());
  }
  expect(mostRows).toBeLessThan(90);
  await page.keyboard.press('Home');
  await expect(grid.getByRole('row').first()).toBeVisible();
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeLessThanOrEqual(10_600);

  // It lets go of the end: what is written now is counted, not jumped to.
  const before = await grid.evaluate((element) => element.scrollTop);
  await page.getByRole('button', { name: 'To the end' }).press('Enter');
  await expect(grid.getByRole('row').last()).toContainText('needle');
  await grid.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await say(dashboard, 'beta', 3, 'news %d');
  await expect(page.getByRole('button', { name: '3 new lines' })).toBeVisible();
  expect(before).toBeLessThan(await grid.evaluate((element) => element.scrollTop));
  await page.getByRole('button', { name: '3 new lines' }).press('Enter');
  await expect(grid.getByRole('row').last()).toContainText('news 2');

  // A filter, its surroundings, and back.
  await grid.press('/');
  await page.keyboard.type('needle');
  await expect(page.getByRole('status').filter({ hasText: '1 found' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible();
  await grid.focus();
  await page.keyboard.press('c');
  await expect(page.getByText('Copied 1 line')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^\S+Z {2}alpha {2}stderr {2}ERROR {2}ERROR the needle broke$/,
  );
  await page.keyboard.press('x');
  await expect(page.getByText('The surroundings of one line')).toBeVisible();
  await expect(grid).toContainText('"event": "sold"');
  await expect(grid.getByRole('row').filter({ hasText: 'needle' })).toBeVisible();
  await page.goBack();
  await expect(grid.getByRole('row')).toHaveCount(1);

  // A regular expression: refused where it stands, or marked among all lines.
  const find = page.getByRole('textbox', { name: 'Only lines with' });
  await find.fill('beta (');
  await page.getByRole('switch', { name: 'Regex' }).press('Space');
  await expect(page.getByText(/^This is not a regular expression/)).toBeVisible();
  await find.fill('beta 49\\d\\d$');
  await expect(page.getByText('100 lines loaded')).toBeVisible();
  await page.getByRole('radio', { name: 'Filter' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('status').filter({ hasText: '100 found' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Highlight' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 of 100' })).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect(grid.locator('mark').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Highlight' }).press('Escape');

  // JSON is laid out, lines become a fix, the view is cleared without losing anything.
  await go('/logs?find=sold');
  await expect(grid.getByRole('row')).toHaveCount(1);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(grid).toContainText('"items": [');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  // An open menu takes the focus; who is quicker than that, as only a test is, has it forget whom to give it back to.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role=menu]') != null))
    .toBe(true);
  await page.getByRole('menuitem', { name: 'Everything that matches', exact: true }).press('Enter');
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(
    /^\S+Z {2}beta {2}stderr {2}INFO {2}\{"event"/,
  );
  // A menu that closes gives the focus back to its button: what is pressed before that goes there.
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save' })).toBeFocused();
  await go('/logs');
  await expect(grid).toContainText('news 2');
  await page.getByRole('button', { name: 'Clear view' }).press('Enter');
  await expect(page.getByText(/^Cleared: lines up to/)).toBeVisible();
  await say(dashboard, 'alpha', 1, 'fresh');
  await expect(grid.getByRole('row')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show them' }).press('Enter');
  await expect(grid).toContainText('news 2');

  // On the page of a skill only its own lines stand, with what was done to it between them.
  await host.client.call('skill.restart', { skillId: 'beta' });
  await go('/skill/beta?tab=logs');
  await expect(grid).toContainText(/beta restarted/);
  await expect(grid).not.toContainText('alpha');
  await grid.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('f');
  await expect(page.getByRole('form', { name: 'Record a fix' })).toBeVisible();
});
