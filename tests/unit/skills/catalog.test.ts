import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalog, type CatalogSkill } from '../../../electron/skills/catalog.ts';

let root = '';
let folder = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'skillward-catalog-'));
  folder = path.join(root, 'skills');
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true }));

/** Writes files given by their path below the skills folder; `file` stands for a folder that is made on the way. */
async function lay(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

const manifest = (id: string, more = ''): string => `id = "${id}"\nname = "Name of ${id}"\n${more}`;

async function loaded(...folders: string[]): Promise<Catalog> {
  const catalog = new Catalog(folders.length > 0 ? folders : [folder]);
  await catalog.reload();
  return catalog;
}

function skillOf(catalog: Catalog, id: string): CatalogSkill {
  const skill = catalog.get(id);
  if (skill === undefined) throw new Error(`no skill ${id} among ${catalog.list().map((one) => one.id)}`);
  return skill;
}

describe('the catalog finds', () => {
  it('a folder with a manifest and its entry file', async () => {
    await lay({
      'a/manifest.toml': manifest('mail', 'version = "2.0.0"\n[health]\ncheck_interval_secs = 3\n'),
    });
    await lay({ 'a/skill.py': '# /// script\n# dependencies = ["requests"]\n# ///\n' });
    expect(skillOf(await loaded(), 'mail')).toMatchObject({
      name: 'Name of mail',
      version: '2.0.0',
      folder: path.join(folder, 'a'),
      entryFile: path.join(folder, 'a', 'skill.py'),
      manifestFile: path.join(folder, 'a', 'manifest.toml'),
      broken: null,
      protocol: 'skill',
      mode: 'daemon',
      override: { health: { checkIntervalSecs: 3 } },
      needs: { dependencies: ['requests'], requiresPython: null },
    });
  });

  it('a single file with [tool.skillward], named after the file', async () => {
    await lay({
      'My Clock.py':
        '# /// script\n# requires-python = ">=3.9"\n# [tool.skillward]\n# version = "3.0"\n# ///\n',
    });
    expect(skillOf(await loaded(), 'my-clock')).toMatchObject({
      name: 'my-clock',
      version: '3.0',
      folder,
      entryFile: path.join(folder, 'My Clock.py'),
      needs: { requiresPython: '>=3.9' },
      broken: null,
    });
  });

  it('nothing in other scripts, other folders and hidden places', async () => {
    await lay({
      'plain.py': 'print("hello")\n',
      'other.py': '# /// script\n# dependencies = []\n# ///\n',
      'theirs.py': '# /// script\n# dependencies = [\n# ///\n',
      'docs/readme.md': 'text',
      'docs/inner/manifest.toml': manifest('inner'),
      '.hidden/manifest.toml': manifest('hidden'),
      '__pycache__/manifest.toml': manifest('cache'),
      'readme.toml': manifest('toml'),
    });
    expect((await loaded()).list()).toEqual([]);
  });

  it('a skill behind a symbolic link to its folder, and one folder only once', async () => {
    await lay({ '../elsewhere/mail/manifest.toml': manifest('mail'), '../elsewhere/mail/skill.py': '' });
    await symlink(path.join(root, 'elsewhere', 'mail'), path.join(folder, 'linked'));
    await symlink(folder, path.join(root, 'again'));
    const catalog = await loaded(folder, path.join(root, 'again'), `${folder}/`);
    expect(catalog.list().map(({ id, broken }) => ({ id, broken }))).toEqual([{ id: 'mail', broken: null }]);
  });
});

describe('a broken skill is listed with its cause while the others stay whole', () => {
  it.each([
    ['a manifest that is no TOML', { 'Bad One/manifest.toml': 'name = ' }, 'bad-one', 1, /not valid TOML/],
    ['a manifest that keeps its id', { 'x/manifest.toml': 'id = "mail"\n' }, 'mail', 1, /`name` is missing/],
    [
      'a missing entry file',
      { 'x/manifest.toml': manifest('x') },
      'x',
      null,
      /`entry_file` skill.py does not exist/,
    ],
    [
      'an entry file that is a folder',
      { 'x/manifest.toml': manifest('x'), 'x/skill.py/a.txt': '' },
      'x',
      null,
      /is not a file/,
    ],
    [
      'two metadata blocks',
      {
        'x/manifest.toml': manifest('x'),
        'x/skill.py': '# /// script\n# a = 1\n# ///\n\n# /// script\n# b = 1\n# ///\n',
      },
      'x',
      5,
      /second `# \/\/\/ script` block/,
    ],
    [
      'a metadata block that is no TOML',
      { 'x.py': '"""text"""\n# /// script\n# [tool.skillward]\n# name = x\n# ///\n' },
      'x',
      4,
      /not valid TOML.*name = "x"/,
    ],
    [
      'a wrong member in a single file',
      { 'x.py': '# /// script\n# [tool.skillward]\n# id = "clock"\n# version = 1\n# ///\n' },
      'clock',
      4,
      /`version` must be text/,
    ],
    [
      'an entry file in a single file',
      { 'x.py': '# /// script\n# [tool.skillward]\n# entry_file = "y.py"\n# ///\n' },
      'x',
      3,
      /leave it out/,
    ],
    ['a manifest that is not UTF-8', { 'x/manifest.toml': new Uint8Array([0x69, 0xff]) }, 'x', null, /UTF-8/],
    [
      'a manifest over 256 KiB',
      { 'x/manifest.toml': `#${' '.repeat(262_144)}` },
      'x',
      null,
      /larger than 256 KiB/,
    ],
    ['a manifest that is a folder', { 'x/manifest.toml/a.txt': '' }, 'x', null, /is not a file/],
  ])('%s', async (_, files, id, line, message) => {
    await lay({
      'good/manifest.toml': manifest('good'),
      'good/skill.py': '',
      ...(files as Record<string, string>),
    });
    const catalog = await loaded();
    expect(catalog.list()).toHaveLength(2);
    expect(skillOf(catalog, 'good').broken).toBeNull();
    expect(skillOf(catalog, id).broken).toMatchObject({ line, message: expect.stringMatching(message) });
  });

  it('when its entry file leads out of its folder through a link', async () => {
    await lay({ 'x/manifest.toml': manifest('x'), 'secret.txt': '' });
    await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'x', 'skill.py'));
    expect(skillOf(await loaded(), 'x').broken?.message).toMatch(/leads out of the skill's folder/);
  });

  it('when another skill has its id: the first keeps it', async () => {
    const second = path.join(root, 'second');
    await lay({ 'b/manifest.toml': manifest('mail'), 'b/skill.py': '' });
    await lay({ '../second/a/manifest.toml': manifest('mail'), '../second/a/skill.py': '' });
    await lay({ '../second/c/manifest.toml': manifest('mail-2'), '../second/c/skill.py': '' });
    const catalog = await loaded(folder, second);
    expect(catalog.list().map(({ id }) => id)).toEqual(['mail', 'mail-2', 'mail-3']);
    expect(skillOf(catalog, 'mail').folder).toBe(path.join(folder, 'b'));
    expect(skillOf(catalog, 'mail-2').broken).toBeNull();
    expect(skillOf(catalog, 'mail-3')).toMatchObject({
      folder: path.join(second, 'a'),
      broken: {
        file: path.join(second, 'a', 'manifest.toml'),
        message: `the id "mail" is already used by ${path.join(folder, 'b', 'manifest.toml')}: give one of them another id`,
      },
    });
  });

  it('and does not take the id of a whole one that comes later', async () => {
    await lay({ 'a/manifest.toml': 'id = "mail"\n', 'b/manifest.toml': manifest('mail'), 'b/skill.py': '' });
    const catalog = await loaded();
    expect(skillOf(catalog, 'mail').broken).toBeNull();
    expect(skillOf(catalog, 'mail-2').broken?.message).toMatch(/`name` is missing/);
  });
});

describe('a reload', () => {
  it('tells what was added, changed, removed and is broken', async () => {
    await lay({
      'a/manifest.toml': manifest('a'),
      'a/skill.py': '',
      'b/manifest.toml': manifest('b'),
      'b/skill.py': '',
    });
    const catalog = new Catalog([folder]);
    expect(await catalog.reload()).toEqual({ added: ['a', 'b'], changed: [], removed: [], broken: [] });
    expect(await catalog.reload()).toEqual({ added: [], changed: [], removed: [], broken: [] });
    await lay({ 'a/manifest.toml': 'id = "a"', 'c/manifest.toml': manifest('c'), 'c/skill.py': '' });
    await rm(path.join(folder, 'b'), { recursive: true });
    expect(await catalog.reload()).toMatchObject({
      added: ['c'],
      changed: ['a'],
      removed: ['b'],
      broken: [{ id: 'a', broken: { line: 1 } }],
    });
  });

  it.each([
    ['the entry script', 'a/skill.py', 'x = 2\n'],
    ['the manifest', 'a/manifest.toml', `${manifest('a')}# more\n`],
    ['a new module', 'a/more/helper.py', 'x = 1\n'],
    ['a virtual environment', 'a/.venv/pyvenv.cfg', 'home = /usr\n'],
  ])('sees a change of %s', async (_, file, content) => {
    await lay({ 'a/manifest.toml': manifest('a'), 'a/skill.py': 'x = 1\n' });
    const catalog = await loaded();
    await lay({ [file]: content });
    expect((await catalog.reload()).changed).toEqual(['a']);
  });

  it('sees an edit of a module that keeps its size, and no edit where none was', async () => {
    await lay({
      'a/manifest.toml': manifest('a'),
      'a/skill.py': '',
      'a/helper.py': 'x = 1\n',
      'a/notes.txt': '1',
    });
    const catalog = await loaded();
    await lay({ 'a/notes.txt': '2', 'a/__pycache__/helper.py': '' });
    expect((await catalog.reload()).changed).toEqual([]);
    await utimes(path.join(folder, 'a', 'helper.py'), 1, 1);
    expect((await catalog.reload()).changed).toEqual(['a']);
  });

  it('follows the folders it is given', async () => {
    await lay({
      'a/manifest.toml': manifest('a'),
      'a/skill.py': '',
      '../two/b/manifest.toml': manifest('b'),
    });
    const catalog = await loaded();
    catalog.setFolders([path.join(root, 'two')]);
    expect(await catalog.reload()).toMatchObject({ added: ['b'], removed: ['a'] });
  });

  it('runs one after the other when called at once', async () => {
    await lay({ 'a/manifest.toml': manifest('a'), 'a/skill.py': '' });
    const catalog = new Catalog([folder]);
    const [first, second] = await Promise.all([catalog.reload(), catalog.reload()]);
    expect([first.added, second.added]).toEqual([['a'], []]);
  });

  it('reports folders it cannot use and goes on with the others', async () => {
    await lay({ 'a/manifest.toml': manifest('a'), 'a/skill.py': '' });
    const missing = path.join(root, 'missing');
    const file = path.join(folder, 'a', 'skill.py');
    const skill = path.join(folder, 'a');
    const catalog = await loaded(missing, file, skill, folder);
    expect(catalog.list().map(({ id }) => id)).toEqual(['a']);
    expect(catalog.folderProblems()).toEqual([
      { folder: missing, message: 'does not exist' },
      { folder: file, message: 'is a file, not a folder of skills' },
      { folder: skill, message: 'is itself a skill: give the folder it lies in' },
    ]);
    await mkdir(missing);
    catalog.setFolders([missing]);
    await catalog.reload();
    expect(catalog.folderProblems()).toEqual([]);
  });

  it('looks at 2,000 entries of a folder and says when there are more', async () => {
    await Promise.all(Array.from({ length: 2001 }, (_, number) => mkdir(path.join(folder, `f${number}`))));
    const catalog = await loaded();
    expect(catalog.folderProblems()).toEqual([
      { folder, message: expect.stringContaining('more than 2000 entries') },
    ]);
  });
});
