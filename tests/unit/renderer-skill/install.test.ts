import { describe, expect, it } from 'vitest';
import { commandText } from '../../../renderer/components/command-text.ts';
import { installProblem, placeWords, standingWords } from '../../../renderer/screens/install/facts-words.ts';
import { choosePackage } from '../../../renderer/screens/install/package-files.ts';
import { MAX_STAGED_BYTES, type PackageFacts } from '../../../shared/model/package.ts';
import { buildSkill } from '../renderer-charts/build-skill.ts';

const file = (path: string, size = 10) => ({ path, size });

describe('choosing what is handed over', () => {
  it('leaves out what is no part of a skill, wherever it lies', () => {
    const chosen = choosePackage([
      file('bot/manifest.toml'),
      file('bot/skill.py'),
      file('bot/.git/config'),
      file('bot/lib/__pycache__/x.pyc'),
      file('bot/.venv/bin/python', 9_000_000),
    ]);
    expect(chosen).toMatchObject({ ok: true, bytes: 20, leftOut: 3 });
    if (chosen.ok)
      expect(chosen.files.map(({ path }) => path)).toEqual(['bot/manifest.toml', 'bot/skill.py']);
  });

  it('takes one Python file, but no other single file', () => {
    expect(choosePackage([file('bot.py')]).ok).toBe(true);
    expect(choosePackage([file('notes.txt')])).toMatchObject({ ok: false });
  });

  it('refuses what is too much with the way that works', () => {
    const many = Array.from({ length: 201 }, (_, index) => file(`bot/${index}.py`));
    expect(choosePackage(many)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/201 files.*200.*skillward install/),
    });
    expect(choosePackage([file('bot/x.bin', MAX_STAGED_BYTES), file('bot/skill.py')])).toMatchObject({
      ok: false,
      problem: expect.stringContaining('684 KB'),
    });
    expect(choosePackage([file('bot/skill.py', MAX_STAGED_BYTES)]).ok).toBe(true);
    expect(choosePackage([file('.git/config')])).toMatchObject({ ok: false });
  });
});

const facts: PackageFacts = {
  ...{
    id: 'weather',
    name: 'Weather',
    version: '2.0.0',
    description: null,
    protocol: 'skill',
    mode: 'daemon',
  },
  ...{ command: ['python3', 'skill.py'], dependencies: [], credentials: [], files: 2, bytes: 100 },
  ...{ findings: [], standing: 'new' },
};

describe('what a package means here', () => {
  it('names both versions of an update', () => {
    const update: PackageFacts = { ...facts, standing: 'update' };
    expect(standingWords(update, buildSkill())).toContain('1.0.0 → 2.0.0');
    expect(standingWords({ ...update, version: '1.0.0' }, buildSkill())).toContain('already in this version');
    expect(standingWords(facts, undefined)).toBe('New here.');
  });

  it('is refused where it cannot run or its id is taken, a warning does not stop it', () => {
    const finding = { level: 'warning' as const, file: 'skill.py', line: 12, message: 'it prints' };
    expect(installProblem(facts)).toBeNull();
    expect(installProblem({ ...facts, findings: [finding] })).toBeNull();
    expect(installProblem({ ...facts, findings: [finding, { ...finding, level: 'error' }] })).not.toBeNull();
    expect(installProblem({ ...facts, standing: 'taken' })).not.toBeNull();
    expect(installProblem({ ...facts, id: null })).not.toBeNull();
    expect(standingWords({ ...facts, standing: 'taken' }, buildSkill())).toContain('~/skills/weather');
    expect(placeWords(finding)).toBe('skill.py, line 12');
  });
});

describe('a command to read', () => {
  it('shows where its words end', () => {
    expect(commandText(['uv', 'run', '--with', 'httpx>=0.27', 'my skill.py', "it's"])).toBe(
      `uv run --with 'httpx>=0.27' 'my skill.py' 'it'\\''s'`,
    );
    expect(commandText(['python3', ''])).toBe(`python3 ''`);
  });

  it('hides nothing: what turns text around or is not seen stands there by its number', () => {
    expect(commandText(['sh', '-c', 'ls \u202ehs.x\u0000\n'])).toBe("sh -c 'ls \\u202ehs.x\\u0000\\u000a'");
  });
});
