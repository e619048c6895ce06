import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSkills } from '../support/host-process.ts';
import { healthySkill } from '../support/python-skills.ts';
import { type Desktop, expect, test } from './desktop.ts';

test('a dropped skill folder is shown for what it is and installed only with a yes', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  await desktop.healthy('weather');
  const dropped = join(
    writeSkills(join(desktop.dataDir, 'downloads'), {
      radio: { source: healthySkill, manifest: 'description = "Plays"' },
    }),
    'radio',
  );
  const installed = join(desktop.dataDir, 'packages', 'radio');

  await drop(desktop, dropped);
  await expect.poll(async () => (await desktop.seen()).dialogs.at(-1)?.message).toBe('Install radio?');
  const asked = (await desktop.seen()).dialogs.at(-1);
  expect(asked?.detail).toContain('radio 1.0.0');
  expect(asked?.detail).toContain('Plays');
  expect(asked?.detail).toContain('skill.py');
  expect(existsSync(installed)).toBe(false);

  await desktop.answer(0);
  await drop(desktop, dropped);
  await desktop.healthy('radio');
  const [version = ''] = readdirSync(installed);
  expect(existsSync(join(installed, version, 'manifest.toml'))).toBe(true);

  const manifest = join(dropped, 'manifest.toml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('1.0.0', '1.1.0'));
  await desktop.answer(0);
  await drop(desktop, dropped);
  await expect.poll(async () => (await desktop.seen()).dialogs.at(-1)?.message).toBe('Update radio?');
  expect((await desktop.seen()).dialogs.at(-1)?.detail).toContain('radio 1.0.0 → 1.1.0');
  await expect.poll(() => readdirSync(installed).length).toBe(2);
});

test('a skill of one of your own folders is not replaced by a drop', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  await desktop.healthy('weather');
  const dropped = writeSkills(join(desktop.dataDir, 'downloads'), { weather: { source: healthySkill } });
  await drop(desktop, join(dropped, 'weather'));
  await expect
    .poll(async () => (await desktop.seen()).dialogs.at(-1)?.detail)
    .toContain('There is a skill called weather already');
});

test('what is no skill is refused with a reason', async ({ house: desktop }) => {
  await drop(desktop, join(desktop.dataDir, 'config.json'));
  await expect
    .poll(async () => (await desktop.seen()).dialogs.at(-1)?.message)
    .toBe('config.json cannot be installed.');
});

test('a drop the page makes up is no drop', async ({ house: desktop }) => {
  const page = await desktop.page();
  await page.evaluate(() => {
    const { DataTransfer, DragEvent, document, File } = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: unknown): void } };
      DragEvent: new (name: string, options: object) => unknown;
      File: new (parts: string[], name: string) => unknown;
      document: { body: { dispatchEvent(event: unknown): void } };
    };
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['id = "x"'], 'manifest.toml'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await desktop.healthy('weather');
  expect((await desktop.seen()).dialogs).toEqual([]);
});

/** Drops a real file, as a file manager would: the browser's own input, trusted and with a path. */
async function drop(desktop: Desktop, path: string): Promise<void> {
  const page = await desktop.page();
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await cdp.detach();
}
