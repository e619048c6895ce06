import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Catalog } from '../../../electron/skills/catalog.ts';
import { planLaunch } from '../../../electron/skills/interpreter.ts';
import { programFinder } from '../../../electron/skills/interpreter-probe.ts';
import { parseManifest } from '../../../electron/skills/manifest.ts';
import { healthMonitorConfigSchema, restartConfigSchema } from '../../../shared/model/config.ts';
import { SkillConversation } from './skill-conversation.ts';

let root = '';
let guide = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'skillward-guide-'));
  guide = await readFile(path.resolve(import.meta.dirname, '../../../docs/skills.md'), 'utf8');
});
afterEach(() => rm(root, { recursive: true }));

/** The code blocks of a language in the guide, in order. */
function blocks(language: string): readonly string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

it('the first skill of the guide works as it is printed, in 25 lines', async () => {
  const folder = path.join(root, 'skills', 'hello');
  await mkdir(folder, { recursive: true });
  const [manifest = '', script = ''] = [blocks('toml')[0], blocks('python')[0]];
  expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  await writeFile(path.join(folder, 'manifest.toml'), manifest);
  await writeFile(path.join(folder, 'skill.py'), script);
  const catalog = new Catalog([path.join(root, 'skills')]);
  await catalog.reload();
  const hello = catalog.get('hello');
  if (hello === undefined) throw new Error('the guide has no skill hello');
  const result = await planLaunch(hello, {
    dataDir: path.join(root, 'data'),
    hostEnv: process.env,
    credentials: {},
    which: programFinder(process.env, process.platform),
    platform: process.platform,
  });
  if (!result.ok) throw new Error(result.message);
  const skill = new SkillConversation(result.plan);
  expect((await skill.ask('skill.handshake', { expected_name: 'hello' })).result).toMatchObject({
    name: 'hello',
  });
  skill.write('not json');
  expect((await skill.ask('skill.health')).result).toEqual({ status: 'ok' });
  expect((await skill.ask('skill.invoke', { who: 'you' })).result).toEqual({ greeting: 'Hello, you!' });
  await skill.ask('skill.shutdown');
  expect(await skill.ended()).toBe(0);
  expect(skill.stderr).toBe('');
});

it('every manifest part the guide prints is accepted', () => {
  const parts = blocks('toml').filter((block) => !block.startsWith('id'));
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const part of parts) {
    expect(parseManifest(`id = "x"\nname = "X"\n${part}`, 'manifest.toml')).toMatchObject({ ok: true });
  }
});

it('the defaults the guide states are the defaults, all of them but the app-wide one', () => {
  const stated = blocks('toml').find((block) => block.startsWith('[health]')) ?? '';
  const result = parseManifest(`id = "x"\nname = "X"\n${stated}`, 'manifest.toml');
  const { maxConcurrentChecks: _, ...health } = healthMonitorConfigSchema.parse({});
  expect(result).toMatchObject({
    ok: true,
    manifest: { override: { health, restart: restartConfigSchema.parse({}) } },
  });
});
