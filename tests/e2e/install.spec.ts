import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { removeDir, tempDir } from '../support/host-process.ts';
import { healthySkill } from '../support/python-skills.ts';
import { expect, seriousFindings, test } from './dashboard.ts';
import { openPalette, openTab, press, pressAfter } from './keys.ts';

const toolsServer = fileURLToPath(new URL('../support/skills/tools_server.py', import.meta.url));

test('a folder is looked at, installed, updated, rolled back and removed, by keyboard', async ({
  openDashboard,
}) => {
  const { host, page } = await openDashboard({ weather: { source: healthySkill } });
  const folder = tempDir();
  const write = (version: string, source: string) => writeVersion(folder, version, source);

  // A mistake is told with its line before anything starts, and nothing can be installed.
  write('1.0.0', `${healthySkill}\nif True\n`);
  await openPalette(page);
  await page.keyboard.type('add a skill');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a skill');
  await chooseFolder(page, join(folder, 'reader'));
  const facts = page.getByRole('region', { name: 'What Feed reader is' });
  const lines = healthySkill.split('\n').length + 1;
  await expect(facts.getByRole('list', { name: 'Findings' })).toContainText(`skill.py, line ${lines}`);
  await expect(facts.getByRole('button', { name: 'Install and start' })).toBeDisabled();
  expect((await host.client.call('skill.list')).skills).toHaveLength(1);

  write('1.0.0', healthySkill);
  await press(page, 'Choose another');
  await chooseFolder(page, join(folder, 'reader'));
  await expect(facts).toContainText('Reads feeds');
  await expect(facts).toContainText('skill.py');
  await expect(facts).toContainText('2 files');
  await expect(facts).toContainText('New here.');
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, 'Install and start');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('reader, Healthy');

  await page.evaluate(() => {
    location.hash = '/add';
  });
  write('1.1.0', healthySkill);
  await chooseFolder(page, join(folder, 'reader'));
  await expect(facts).toContainText('An update: 1.0.0 → 1.1.0');
  await press(page, 'Update');
  await expect(page.getByText('Feed reader 1.1.0')).toBeVisible();

  await openTab(page, 'Setup');
  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(versions.getByRole('row', { name: /1\.1\.0/ })).toContainText('runs now');
  await press(page, 'Roll back to 1.0.0');
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).press('Enter');
  await expect(page.getByText('Feed reader 1.0.0')).toBeVisible();
  await expect(versions.getByRole('row', { name: /1\.0\.0/ })).toContainText('runs now');
  expect(await seriousFindings(page)).toEqual([]);

  await press(page, 'Remove…');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(page.getByRole('row', { name: /^reader / })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /^weather / })).toBeVisible();
  removeDir(folder);
});

test('servers of another program are shown, chosen, imported, and their tools called', async ({
  openDashboard,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { go } = await openDashboard({ weather: { source: healthySkill } });
  const configuration = {
    mcpServers: {
      tools: {
        command: 'python3',
        args: [toolsServer],
        env: { SEARCH_USER: 'ann', SEARCH_API_KEY: 'sk-very-secret-4711' },
      },
      remote: { url: 'https://mcp.example.org/sse' },
    },
  };
  await go('/add?from=import');
  const paste = page.getByRole('textbox', { name: /paste a configuration/ });
  await paste.fill('{ "mcpServers": ');
  await pressAfter(paste, 'Show its servers');
  await expect(page.getByRole('alert')).toBeVisible();
  await paste.fill(JSON.stringify(configuration));
  await pressAfter(paste, 'Show its servers');

  const servers = page.getByRole('list', { name: 'Servers' });
  await expect(servers).toContainText(`python3 ${toolsServer}`);
  await expect(servers).toContainText('SEARCH_USER=ann');
  await expect(servers).not.toContainText('very-secret');
  await expect(servers.getByRole('checkbox', { name: 'Import remote' })).toBeDisabled();
  await expect(servers.getByRole('checkbox', { name: 'Import tools' })).toBeChecked();
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, 'Import 1 server');
  await page.getByRole('list', { name: 'Imported' }).getByRole('link', { name: 'tools' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('tools, Healthy');

  await openTab(page, 'Tools');
  const form = page.getByRole('form', { name: 'Call add' });
  // What a server says is text, whatever it looks like.
  await expect(page.getByRole('heading', { name: 'add' }).locator('..')).toContainText(
    'Adds <b>two</b> numbers.',
  );
  await form.getByRole('button', { name: 'Call add' }).press('Enter');
  await expect(form).toContainText('This is needed.');
  await form.getByRole('textbox', { name: 'a', exact: true }).fill('41');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('42 for ann');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'fail', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Call fail' }).press('Enter');
  await expect(answer).toContainText('It answers that it failed');
  await expect(answer).toContainText('<img src=x onerror=alert(1)> did not work');
  await expect(answer.locator('img')).toHaveCount(0);
});

function writeVersion(folder: string, version: string, source: string): void {
  const place = join(folder, 'reader');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'manifest.toml'),
    `id = "reader"\nname = "Feed reader"\nversion = "${version}"\ndescription = "Reads feeds"\n`,
  );
  writeFileSync(join(place, 'skill.py'), source);
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Choose a folder…');
  await (await chooser).setFiles(folder);
}
