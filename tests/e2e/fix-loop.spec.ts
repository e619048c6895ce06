import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginStream, piece, startAdviceServer } from '../support/advice-server.ts';
import { sickOnDemandSkill } from '../support/python-skills.ts';
import { expect, quick, seriousFindings, test } from './dashboard.ts';

const manifest = quick.replace('[restart]', 'max_consecutive_failures = 50\nauto_restart = false\n[restart]');
const REFUSED = 'HTTPStatusError: 401 Client Error: Unauthorized for url https://api.example.com/v1/me';

test('an applied fix is judged by the checks that follow, and named when the error comes back', async ({
  openDashboard,
}) => {
  // Asked only when the test asks: three failing checks while the page is still being clicked would be a verdict, too.
  const seldom = manifest.replace('check_interval_secs = 1', 'check_interval_secs = 600');
  const { host, page, go } = await openDashboard({ bank: { source: sickOnDemandSkill, manifest: seldom } });
  const check = () => host.client.call('skill.health.check', { skillId: 'bank' });
  await host.client.event('health.checked');
  await host.client.call('fix.record', { error: REFUSED, fixDescription: 'Renew the token' });
  const sick = join(host.skillsDir, 'bank', 'sick');
  writeFileSync(sick, REFUSED);
  await check();

  const card = page.getByRole('article', { name: /^bank/ });
  await expect(card).toContainText('Renew the token');
  await go('/skill/bank');
  const known = page.getByRole('region', { name: 'What fixed it before' });
  await known.getByRole('button', { name: 'I am trying this' }).click();
  await expect(known).toContainText('Being tried: 0 of 3 healthy checks');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Fix applied');
  rmSync(sick);
  for (let healthy = 0; healthy < 3; healthy += 1) await check();
  await host.client.event('fix.trial', ({ trial }) => trial.state === 'worked');

  writeFileSync(sick, REFUSED);
  await check();
  await host.client.event('fix.trial', ({ trial }) => trial.state === 'regressed');
  await expect(known).toContainText('Seemed to work, then the error came back');
  await expect(known).toContainText('worked 1 of 2 times');
});

test('a recovery a person had a hand in is offered for recording, prefilled', async ({ openDashboard }) => {
  const { host, page, go } = await openDashboard({ bank: { source: sickOnDemandSkill, manifest } });
  await host.client.event('health.checked');
  const sick = join(host.skillsDir, 'bank', 'sick');
  writeFileSync(sick, REFUSED);
  await host.client.event('incident.changed');
  appendFileSync(join(host.skillsDir, 'bank', 'skill.py'), '\n# a new token\n');
  rmSync(sick);
  await host.client.event('fix.proposal');

  await page.getByRole('button', { name: /^Notices/ }).click();
  await page.getByRole('link', { name: 'What mended bank?' }).click();
  const form = page.getByRole('form', { name: 'Record a fix' });
  await expect(form.getByRole('textbox', { name: 'The error' })).toHaveValue(/401 Client Error/);
  await expect(form.getByRole('textbox', { name: 'What fixed it' })).toHaveValue('Changed skill.py');
  const offers = page.getByRole('region', { name: 'Recoveries to record' });
  await expect(offers).toContainText('bank is well again');
  await form.getByText('Restart', { exact: true }).click();
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByRole('button', { name: /Save fix/ }).click();
  await expect(page.getByRole('row', { name: /Changed skill\.py/ })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Changed skill.py' })).toContainText('restarts the skill');
  await expect(offers).toBeHidden();

  await go('/fixes');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  const file = await download.path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'skillward-fixes', version: 1 });
  const known = (await host.client.call('fix.list')).patterns[0];
  await host.client.call('fix.delete', { fixId: known.id });
  await page.locator('input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Import fixes' });
  await expect(dialog).toContainText('1 fix for errors not known here');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('row', { name: /Changed skill\.py/ })).toBeVisible();
});

test('a model is asked only after somebody saw what is sent, and can be cancelled', async ({
  openDashboard,
}) => {
  let end: () => void = () => undefined;
  const server = await startAdviceServer((response) => {
    beginStream(response);
    response.write(piece({ content: 'The token has **expired**.' }));
    end = () => response.end(`${piece({ content: ' Renew it.' }, 'stop')}data: [DONE]\n\n`);
  });
  const { host, page, go } = await openDashboard({ bank: { source: sickOnDemandSkill, manifest } });
  await host.client.event('health.checked');
  writeFileSync(join(host.skillsDir, 'bank', 'sick'), `${REFUSED} token=abcdef0123456789`);
  await host.client.event('incident.changed');
  await go('/skill/bank');
  await expect(page.getByRole('region', { name: 'What fixed it before' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask the model' })).toBeHidden();
  await host.client.call('config.patch', {
    advice: { enabled: true, baseUrl: server.baseUrl, model: 'small' },
  });

  const advice = page.getByRole('region', { name: 'Suggestion by a model' });
  await advice.getByRole('button', { name: 'Ask the model' }).click();
  const dialog = page.getByRole('dialog', { name: 'This is what would be sent' });
  await expect(dialog).toContainText('skill.py');
  await expect(dialog).not.toContainText('abcdef0123456789');
  expect(server.seen).toEqual([]);
  await dialog.getByRole('button', { name: 'Agree and send' }).click();
  await expect(advice).toContainText('The token has **expired**.');
  end();
  await expect(advice).toContainText('Suggested by small at 127.0.0.1');
  await expect(advice).toContainText('Renew it.');

  await advice.getByRole('button', { name: 'Ask again' }).click();
  await expect.poll(() => server.seen.length).toBe(2);
  await advice.getByRole('button', { name: 'Cancel' }).click();
  await expect(advice).toContainText('Cancelled.');
  await server.close();
});
