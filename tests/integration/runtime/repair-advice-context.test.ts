import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { adviceMessages } from '../../../electron/runtime/repair-advice-context.ts';
import { changedFiles, readSkillMarks } from '../../../electron/runtime/skill-marks.ts';
import { Catalog, type CatalogSkill } from '../../../electron/skills/catalog.ts';
import { removeDir, tempDir, writeSkills } from '../../support/host-process.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) removeDir(folder);
});

const source = Array.from({ length: 60 }, (_, index) => `line_${index + 1} = ${index + 1}`).join('\n');

async function skillIn(root: string, id: string): Promise<CatalogSkill> {
  const catalog = new Catalog([root]);
  await catalog.reload();
  const skill = catalog.get(id);
  if (skill === undefined) throw new Error(`${id} is not in the catalog`);
  return skill;
}

async function bank(): Promise<CatalogSkill> {
  const root = tempDir();
  folders.push(root);
  const manifest = 'description = "reads the bank"\n[settings]\npassword = "correct-horse-battery"';
  writeSkills(root, { bank: { manifest, source } });
  return skillIn(root, 'bank');
}

function sent(skill: CatalogSkill, stderr: string[], secrets: string[] = []): string {
  const messages = adviceMessages({ skill, error: 'ValueError: 17 is bad', stderr, secrets });
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
  return messages[1]?.content ?? '';
}

const trace = (file: string, line: number) => [
  'noise before',
  'Traceback (most recent call last):',
  `  File "${file}", line ${line}, in main`,
  '    raise ValueError(token)',
  'ValueError: 17 is bad',
];

describe('what a model is told', () => {
  it('is the normalised error, the last traceback, the manifest and the lines the traceback names', async () => {
    const skill = await bank();
    const text = sent(skill, trace(join(skill.folder, 'skill.py'), 40));
    expect(text).toContain('valueerror: <num> is bad');
    expect(text).toContain('raise ValueError(token)');
    expect(text).not.toContain('noise before');
    expect(text).toContain('reads the bank');
    expect(text).toContain('skill.py around line 40:');
    expect(text).toContain('40: line_40 = 40');
    expect(text).not.toContain('line_20 =');
  });

  it('is the beginning of the script where no line is named', async () => {
    const text = sent(await bank(), ['just a message']);
    expect(text).toContain('its beginning');
    expect(text).toContain('line_1 = 1');
  });

  it('holds no secret: neither one that looks like it, nor one the skill was given', async () => {
    const skill = await bank();
    const stderr = trace(join(skill.folder, 'skill.py'), 2).with(0, 'x');
    const text = sent(
      skill,
      [...stderr, 'token=abcdef0123456789abcdef', 'plain-looking words'],
      ['plain-looking'],
    );
    expect(text).not.toMatch(/correct-horse|abcdef0123|plain-looking/);
  });

  it('is never a file from outside the skill, whatever a traceback or a link names', async () => {
    const skill = await bank();
    const outside = join(tempDir(), 'private.py');
    folders.push(join(outside, '..'));
    writeFileSync(outside, 'private_thing = 1\n');
    symlinkSync(outside, join(skill.folder, 'linked.py'));
    for (const file of [outside, '../private.py', join(skill.folder, 'linked.py'), 'linked.py'])
      expect(sent(skill, trace(file, 1)), file).not.toContain('private_thing');
  });

  it('stays within bounds, whatever a skill writes', async () => {
    const skill = await bank();
    writeFileSync(join(skill.folder, 'skill.py'), `x = "${'y'.repeat(900_000)}"\n`);
    const flood = [...trace(join(skill.folder, 'skill.py'), 1), 'z'.repeat(500_000)];
    expect(sent(skill, flood).length).toBeLessThan(20_000);
  });
});

describe('two looks at a skill', () => {
  it('differ by what people edit, not by what skills write', async () => {
    const skill = await bank();
    const before = readSkillMarks(skill);
    mkdirSync(join(skill.folder, 'lib'));
    mkdirSync(join(skill.folder, '__pycache__'));
    writeFileSync(join(skill.folder, 'lib', 'more.py'), 'x');
    writeFileSync(join(skill.folder, 'skill.py'), 'y');
    writeFileSync(join(skill.folder, 'state.json'), '{}');
    writeFileSync(join(skill.folder, '__pycache__', 'skill.py'), 'z');
    const after = readSkillMarks(skill);
    expect(changedFiles(before, after)).toEqual(['lib/more.py', 'skill.py']);
    expect(after.environment).toBe(before.environment);
  });

  it('differ by an environment that was made or installed into', async () => {
    const skill = await bank();
    const before = readSkillMarks(skill);
    const packages = join(skill.folder, '.venv', 'lib', 'python3.11', 'site-packages');
    mkdirSync(packages, { recursive: true });
    const made = readSkillMarks(skill);
    mkdirSync(join(packages, 'httpx'));
    const installed = readSkillMarks(skill);
    expect(new Set([before.environment, made.environment, installed.environment]).size).toBe(3);
    expect(changedFiles(before, installed)).toEqual([]);
  });

  it('of a single-file skill look at nothing but its script', async () => {
    const root = tempDir();
    folders.push(root);
    const head =
      '# /// script\n# [tool.skillward]\n# id = "alone"\n# name = "alone"\n# version = "1.0.0"\n# ///\n';
    writeFileSync(join(root, 'alone.py'), `${head}x = 1\n`);
    const skill = await skillIn(root, 'alone');
    const before = readSkillMarks(skill);
    writeFileSync(join(root, 'other.py'), 'x');
    expect(changedFiles(before, readSkillMarks(skill))).toEqual([]);
    writeFileSync(join(root, 'alone.py'), `${head}x = 22\n`);
    expect(changedFiles(before, readSkillMarks(skill))).toEqual(['alone.py']);
  });
});
