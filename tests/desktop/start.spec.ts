import { commandNames } from '../../shared/contract/index.ts';
import { healthySkill } from '../support/python-skills.ts';
import { expect, originOfPages, test } from './desktop.ts';

test('starts the skills and shows them live', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  const page = await desktop.page();
  await desktop.healthy('weather');
  const row = page.getByRole('row', { name: /weather/ });
  await expect(row).toContainText('Healthy');
  const before = (await desktop.skill('weather'))?.health.totalChecks ?? 0;
  await expect.poll(async () => (await desktop.skill('weather'))?.health.totalChecks).toBeGreaterThan(before);
  expect(await desktop.window()).toMatchObject({ visible: true, minimized: false, title: 'Skillward' });
  await expect.poll(() => desktop.processes()).toHaveLength(1);
});

test('the page follows what happens to a skill without asking', async ({ start }) => {
  const desktop = await start({ skills: { weather: healthySkill } });
  const page = await desktop.page();
  await desktop.healthy('weather');
  const pid = (await desktop.skill('weather'))?.process.pid ?? null;
  if (pid === null) throw new Error('the skill has no process');
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await desktop.skill('weather'))?.process.pid ?? pid).not.toBe(pid);
  await page.goto(`${originOfPages()}#/skill/weather?tab=actions`);
  await expect(page.getByText(/restart/i).first()).toBeVisible();
});

test('the preload script puts exactly the contract on the page', async ({ house: desktop }) => {
  const page = await desktop.page();
  const facts = await page.evaluate(readGlobals);
  expect(
    facts.extra.filter((name) => !/^(__TSR|\$_TSR|__zod|__REACT)/.test(name) && !/^\d+$/.test(name)),
  ).toEqual(['skillward']);
  expect(facts.frameHasBridge).toBe(false);
  expect(facts.bridge).toEqual([
    ['hostKind', 'string', false, false],
    ['commands', 'object', false, false],
    ['onEvents', 'function', false, false],
  ]);
  expect(facts.commands).toEqual(commandNames.map((name) => [name, 'function', false, false]));
  expect(facts.replaced).toBe(false);
  expect(facts.node).toEqual([]);
});

/** Runs in the page: what its global has beyond an empty document's, and what the bridge is made of. */
function readGlobals() {
  interface Dom {
    readonly document: {
      createElement(name: 'iframe'): { readonly contentWindow: object | null; remove(): void };
      readonly body: { append(node: unknown): void };
    };
    readonly skillward: { readonly commands: object };
  }
  const { document, skillward } = globalThis as unknown as Dom;
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
  frame.remove();
  const members = (object: object) =>
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(
      ([name, { writable, configurable, value }]) => [
        name,
        typeof value,
        writable ?? false,
        configurable ?? false,
      ],
    );
  let replaced = true;
  try {
    Object.assign(globalThis, { skillward: null });
  } catch {
    // Refused, as it should be.
    replaced = false;
  }
  return {
    extra: Object.getOwnPropertyNames(globalThis).filter((name) => !plain.has(name)),
    frameHasBridge: plain.has('skillward'),
    bridge: members(skillward),
    commands: members(skillward.commands),
    replaced,
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  };
}
