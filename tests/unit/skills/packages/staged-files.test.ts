import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStagedFiles } from '../../../../electron/skills/packages/staged-files.ts';
import { foldedPath, pathProblem } from '../../../../electron/skills/packages/staged-path.ts';
import { MAX_STAGED_BYTES } from '../../../../shared/model/package.ts';

const b64 = (text: string) => Buffer.from(text).toString('base64');
const file = (name: string, text = 'x') => ({ path: name, content: b64(text) });
const namesOf = (given: Parameters<typeof readStagedFiles>[0]) => {
  const read = readStagedFiles(given);
  return read.ok ? read.files.map((one) => one.path) : read.message;
};

describe('paths of staged files', () => {
  it.each([
    ['../x.py'],
    ['a/../../x.py'],
    ['a/..'],
    ['./x.py'],
    ['a//x.py'],
    ['/etc/passwd'],
    ['a/'],
    ['C:/x.py'],
    ['C:x.py'],
    ['\\\\server\\share'],
    ['a\\..\\x.py'],
    ['x.py:stream'],
    ['x\0.py'],
    ['x\n.py'],
    ['x\u202eyp.exe'],
    ['con'],
    ['a/NUL.py'],
    ['com1.txt'],
    ['LPT9'],
    ['aux.'],
    ['x.py.'],
    ['x.py '],
    [' x.py'],
    ['what?.py'],
    ['*.py'],
    ['\ud800.py'],
    ['ä'.repeat(150)],
    [Array.from({ length: 13 }, () => 'a').join('/')],
  ])('%j is refused', (name) => {
    expect(pathProblem(name)).not.toBeNull();
    expect(readStagedFiles([file('manifest.toml'), file(name)]).ok).toBe(false);
  });

  it.each([
    ['skill.py'],
    ['pkg/__init__.py'],
    ['a b/ünï.py'],
    ['console.py'],
    ['.env'],
    ['common.py'],
    ['日本.py'],
  ])('%j is taken', (name) => {
    expect(pathProblem(name)).toBeNull();
  });

  it('whatever is accepted stays inside the folder it is written to, on every system', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        'a',
        'A',
        'nul',
        'con.py',
        'x.py',
        'C:',
        '~',
        '%2e%2e',
        '..\\..',
        ' ',
        'a.',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const separator = fc.constantFrom('/', '//', '\\', '/./', '');
    const name = fc
      .array(fc.tuple(segment, separator), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(name, (given) => {
        if (pathProblem(given) !== null) return;
        for (const system of [path.posix, path.win32]) {
          const root = system === path.posix ? '/data/staging/x' : 'D:\\data\\staging\\x';
          const relative = system.relative(root, system.resolve(root, ...given.split('/')));
          expect(
            relative === '' || relative.split(system.sep)[0] === '..' || system.isAbsolute(relative),
          ).toBe(false);
          expect(relative.split(system.sep)).toEqual(given.split('/'));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('no two accepted files have one place, also where case and accents count for nothing', () => {
    const name = fc.array(fc.constantFrom('a', 'A', 'b', 'é', 'e\u0301', 'ﬁ', 'fi'), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
        const read = readStagedFiles(names.map((parts) => file(parts.join('/'))));
        if (!read.ok) return;
        const folded = read.files.map((one) => foldedPath(one.path));
        expect(new Set(folded).size).toBe(folded.length);
        for (const one of folded)
          expect(
            folded.some((other) => other.startsWith(`${one}/`)),
            'a file is no folder',
          ).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('staged files as a whole', () => {
  it('the folder browsers send around everything is taken off', () => {
    expect(namesOf([file('radio/manifest.toml'), file('radio/lib/a.py')])).toEqual([
      'manifest.toml',
      'lib/a.py',
    ]);
    expect(namesOf([file('manifest.toml'), file('lib/a.py')])).toEqual(['manifest.toml', 'lib/a.py']);
    expect(namesOf([file('one.py')])).toEqual(['one.py']);
  });

  it('what tools keep beside a skill stays behind', () => {
    expect(
      namesOf([
        file('r/skill.py'),
        file('r/__pycache__/a.pyc'),
        file('r/.git/config'),
        file('r/.venv/bin/python'),
      ]),
    ).toEqual(['skill.py']);
    expect(namesOf([file('.git/config')])).toContain('no file of a skill');
  });

  it.each([
    ['A/x.py', 'a/y.py', 'also written A'],
    ['x.py', 'X.PY', 'there twice'],
    ['a', 'a/b', 'a file and a folder'],
  ])('%s and %s clash', (one, other, why) => {
    expect(namesOf([file('manifest.toml'), file(one), file(other)])).toContain(why);
  });

  it('content must be base64 and no larger than said', () => {
    for (const content of ['$$$$', 'YQ', 'YQ==\n', 'YQ=', 'YR===', '=', 'Y Q='])
      expect(namesOf([{ path: 'x.py', content }])).toBe('"x.py" is not base64');
    const half = 'y'.repeat(MAX_STAGED_BYTES / 2);
    expect(readStagedFiles([file('a.py', half), file('b.py', half)]).ok).toBe(true);
    expect(namesOf([file('a.py', half), file('b.py', `${half}z`)])).toContain('larger than 700 kB');
  });

  it('a refusal shows a hostile name on one line', () => {
    expect(namesOf([file('a\n\u202e<script>.py')])).toBe(
      '"a??<script>.py" holds a character a file name may not have',
    );
  });
});
