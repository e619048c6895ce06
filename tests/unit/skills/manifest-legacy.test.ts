import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSkillFolder } from '../../../electron/skills/catalog-read.ts';
import { modeOf } from '../../../electron/skills/catalog-skill.ts';

const script = 'import json, sys\nprint(json.dumps({"ok": True}))\n';
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'skillward-legacy-')), 'Weather Report');
  mkdirSync(join(folder, 'scripts'), { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function put(manifest: unknown, ...scripts: string[]): void {
  writeFileSync(
    join(folder, 'MANIFEST.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );
  for (const name of scripts) writeFileSync(join(folder, 'scripts', name), script);
}
const plain = { schemaVersion: 1, capabilities: ['network'] };

describe('a folder of an older one-shot host', () => {
  it('is a one-shot skill that runs on demand', async () => {
    const fields = [
      { id: 'apiKey', store: 'secret_store', label: 'Key of the service', required: true },
      { id: 'city', store: 'config_store' },
    ];
    put(
      {
        ...plain,
        timeoutSeconds: 600,
        settings: { display_name: 'Weather', description: 'Tells it.', fields },
      },
      'weather.py',
    );
    const skill = await readSkillFolder(folder);
    expect(skill).toMatchObject({
      id: 'weather-report',
      name: 'Weather',
      description: 'Tells it.',
      mode: 'one-shot',
      broken: null,
      entryFile: join(folder, 'scripts', 'weather.py'),
      manifest: {
        run: { when: 'on-demand', timeoutSecs: 300 },
        credentials: [
          { name: 'apikey', envVar: 'APIKEY', required: true, description: 'Key of the service' },
        ],
      },
    });
    expect(modeOf(skill ?? undefined)).toBe('one-shot-on-demand');
  });

  it('is started by the script of its name, and is broken where that cannot be told', async () => {
    put(plain, 'weather_report.py', 'other.py');
    expect((await readSkillFolder(folder))?.entryFile).toBe(join(folder, 'scripts', 'weather_report.py'));
    rmSync(join(folder, 'scripts', 'weather_report.py'));
    put(plain, 'third.py');
    expect((await readSkillFolder(folder))?.broken?.message).toMatch(
      /several scripts \(other\.py, third\.py\): say which/,
    );
  });

  it.each(['scripts/weather.py', '../secret', '/etc/hostname', 'no such file'])(
    'is broken when %s is not what its checksum says',
    async (name) => {
      const checksum =
        name === 'scripts/weather.py' ? 'deadbeef' : createHash('sha256').update(script).digest('hex');
      put({ ...plain, integrity: { algorithm: 'sha256', checksums: { [name]: checksum } } }, 'weather.py');
      writeFileSync(join(folder, '..', 'secret'), script);
      expect((await readSkillFolder(folder))?.broken?.message).toContain(
        `${name} is not what its checksum says`,
      );
    },
  );

  it('is whole when its checksums hold', async () => {
    const digest = createHash('sha256').update(script).digest('hex');
    put(
      { ...plain, integrity: { algorithm: 'sha256', checksums: { 'scripts/weather.py': digest } } },
      'weather.py',
    );
    expect((await readSkillFolder(folder))?.broken).toBeNull();
  });

  it.each([
    ['{'],
    ['[]'],
    [{ schemaVersion: 2, capabilities: [] }],
    [{ manifest_version: 3, name: 'an extension' }],
  ])('is not seen in a manifest of another program: %j', async (manifest) => {
    put(manifest, 'weather.py');
    expect(await readSkillFolder(folder)).toBeNull();
  });

  it('gives way to a manifest.toml', async () => {
    put(plain, 'weather.py');
    writeFileSync(
      join(folder, 'manifest.toml'),
      'id = "mine"\nname = "Mine"\nentry_file = "scripts/weather.py"\n',
    );
    expect(await readSkillFolder(folder)).toMatchObject({ id: 'mine', mode: 'daemon' });
  });
});
