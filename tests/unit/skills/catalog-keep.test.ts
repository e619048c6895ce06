import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../electron/skills/catalog.ts';
import { writeSkills } from '../../support/host-process.ts';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-'));
  folder = join(base, 'skills');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const keep = () => true;
const write = (id: string, manifest = '') => writeSkills(folder, { [id]: { source: 'pass', manifest } });

describe('a catalog that leaves running skills as they are', () => {
  it('has what changed wait until it is adopted', async () => {
    write('a');
    const catalog = new Catalog([folder]);
    await catalog.reload();
    write('a', 'description = "new"');
    expect(await catalog.reload(keep)).toMatchObject({ changed: [], added: [], removed: [] });
    expect(catalog.waiting()).toEqual(['a']);
    expect(catalog.get('a')?.description).toBeNull();
    expect(catalog.adopt('a')).toBe(true);
    expect(catalog.adopt('a')).toBe(false);
    expect(catalog.get('a')?.description).toBe('new');
    expect((await catalog.reload(keep)).changed).toEqual([]);
    expect(catalog.isWaiting('a')).toBe(false);
  });

  it('forgets what waited when the files are as they were', async () => {
    write('a');
    const catalog = new Catalog([folder]);
    await catalog.reload();
    write('b');
    renameSync(join(folder, 'a'), join(folder, '.away'));
    expect(await catalog.reload(keep)).toMatchObject({ added: ['b'], removed: [] });
    expect(catalog.missesSome()).toBe(true);
    renameSync(join(folder, '.away'), join(folder, 'a'));
    expect(await catalog.reload(keep)).toMatchObject({ added: [], changed: [], removed: [] });
    expect(catalog.waiting()).toEqual([]);
  });

  it('lets go of what a second look does not find either, and at once of what is not kept', async () => {
    write('a');
    write('b');
    const catalog = new Catalog([folder]);
    await catalog.reload();
    rmSync(join(folder, 'a'), { recursive: true });
    rmSync(join(folder, 'b'), { recursive: true });
    expect((await catalog.reload((skillId) => skillId === 'a')).removed).toEqual(['b']);
    expect((await catalog.reload(keep)).removed).toEqual(['a']);
  });

  it('loses nothing while the skills folder itself is away', async () => {
    write('a');
    const catalog = new Catalog([folder]);
    await catalog.reload();
    renameSync(folder, `${folder}-away`);
    for (let look = 0; look < 3; look += 1) expect((await catalog.reload(keep)).removed).toEqual([]);
    expect(catalog.get('a')).toBeDefined();
    expect([catalog.missesSome(), catalog.isWaiting('a')]).toEqual([false, false]);
    expect((await catalog.reload()).removed).toEqual(['a']);
  });
});

describe('installed skills in the catalog', () => {
  it('get their ids first, and a place without files is a broken skill that says what to do', async () => {
    write('a');
    writeSkills(join(base, 'packages'), { a: { source: 'pass', manifest: 'description = "installed"' } });
    const places = [
      { skillId: 'a', path: join(base, 'packages', 'a') },
      { skillId: 'gone', path: join(base, 'packages', 'gone') },
    ];
    const catalog = new Catalog([folder], () => places);
    await catalog.reload();
    expect(catalog.get('a')?.description).toBe('installed');
    expect(catalog.get('a-2')?.broken?.message).toContain('already used by');
    expect(catalog.get('gone')?.broken?.message).toMatch(/does not exist: .*remove it/);
    expect(existsSync(join(base, 'packages', 'gone'))).toBe(false);
  });

  it('keep the id they were installed by', async () => {
    writeSkills(base, { renamed: { source: 'pass' } });
    const catalog = new Catalog([], () => [{ skillId: 'before', path: join(base, 'renamed') }]);
    await catalog.reload();
    expect(catalog.list().map(({ id }) => id)).toEqual(['before']);
    expect(catalog.get('before')?.broken?.message).toContain('calls itself "renamed" now');
  });
});
