import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Manifest, parseManifest } from '../../../electron/skills/manifest.ts';
import type { Broken } from '../../../shared/model/skill.ts';

const head = 'id = "mail"\nname = "Mail"\n';

function manifestOf(text: string): Manifest {
  const result = parseManifest(text, 'manifest.toml');
  if (!result.ok) throw new Error(`${result.broken.line}: ${result.broken.message}`);
  return result.manifest;
}

function brokenOf(text: string): Broken {
  const result = parseManifest(text, 'dir/manifest.toml');
  if (result.ok) throw new Error('was accepted');
  expect(result.broken.file).toBe('dir/manifest.toml');
  return result.broken;
}

describe('a manifest', () => {
  it('needs only an id and a name', () => {
    expect(manifestOf(head)).toEqual({
      id: 'mail',
      name: 'Mail',
      version: '0.1.0',
      description: null,
      entryFile: 'skill.py',
      protocol: null,
      mode: 'daemon',
      command: null,
      cwd: null,
      interpreter: null,
      minPython: null,
      minUvVersion: null,
      credentials: [],
      settings: {},
      env: {},
      run: null,
      override: undefined,
    });
  });

  it('is read with every member it may have', () => {
    const manifest = manifestOf(`${head}version = "1.2.3"
description = """Sends
  mail"""
entry_file = "src/main.py"
min_python = "3.11"
min_uv_version = "0.4.0"
protocol = "mcp"
mode = "one-shot"
interpreter = "python3.12"

[[credentials]]
name = "bot_token"
env_var = "BOT_TOKEN"
description = "Token"

[[credentials]]
name = "proxy"
env_var = "MAIL_PROXY"
description = "Proxy"
required = false
default = "none"

[settings]
retries = 3

[health]
check_interval_secs = 2
auto_restart = false
[restart]
max_delay_secs = 30
`);
    expect(manifest).toMatchObject({
      version: '1.2.3',
      description: 'Sends mail',
      entryFile: 'src/main.py',
      minPython: '3.11',
      minUvVersion: '0.4.0',
      protocol: 'mcp',
      mode: 'one-shot',
      interpreter: 'python3.12',
      settings: { retries: '3' },
    });
    expect(manifest.credentials).toEqual([
      { name: 'bot_token', envVar: 'BOT_TOKEN', description: 'Token', required: true, default: null },
      { name: 'proxy', envVar: 'MAIL_PROXY', description: 'Proxy', required: false, default: 'none' },
    ]);
    expect(manifest.override).toEqual({
      health: { checkIntervalSecs: 2, autoRestart: false },
      restart: { maxDelaySecs: 30 },
    });
  });

  it('may hold members nobody here knows', () => {
    expect(manifestOf(`${head}author = "somebody"\n[channel]\nkind = "chat"\n`).id).toBe('mail');
  });

  it.each([
    ['command = ["python3", "-m", "mail server"]', ['python3', '-m', 'mail server']],
    ['command = "node \'my server.js\' --port 1"', ['node', 'my server.js', '--port', '1']],
    [`command = 'C:\\Tools\\run.exe ""'`, ['C:\\Tools\\run.exe', '']],
  ])('takes %s as a command, and then needs no entry file', (line, argv) => {
    expect(manifestOf(head + line)).toMatchObject({ command: argv, entryFile: null });
  });

  it('sets variables, and where a command runs', () => {
    const text = `${head}command = "node server.js"\ncwd = "/srv/mail"\n[env]\nMODE = "test"\nPATH = "/opt/bin"\nPORT = 8080\n`;
    expect(manifestOf(text)).toMatchObject({
      cwd: '/srv/mail',
      env: { MODE: 'test', PATH: '/opt/bin', PORT: '8080' },
    });
  });

  it('says when and with what a one-shot skill runs, and a daemon does not', () => {
    expect(manifestOf(`${head}mode = "one-shot"\n`).run).toEqual({
      when: 'interval',
      timeoutSecs: 30,
      params: {},
    });
    const run = '[run]\nwhen = "on-demand"\ntimeout_secs = 120\n[run.params]\nfolder = "~/Mail"\n';
    expect(manifestOf(`${head}mode = "one-shot"\n${run}`).run).toEqual({
      when: 'on-demand',
      timeoutSecs: 120,
      params: { folder: '~/Mail' },
    });
    expect(manifestOf(head + run).run).toBeNull();
  });

  it('turns settings into text, lists into one text', () => {
    const text = `${head}[settings]
a = "text"
b = 7
c = true
d = [1, "two", false]
e = 1.5
f = 2026-01-15T12:00:00Z
g = -inf
h = []
`;
    expect(Object.entries(manifestOf(text).settings)).toEqual([
      ['a', 'text'],
      ['b', '7'],
      ['c', 'true'],
      ['d', '1,two,false'],
      ['e', '1.5'],
      ['f', '2026-01-15T12:00:00.000Z'],
      ['g', '-inf'],
      ['h', ''],
    ]);
  });

  it('cannot give its tables another prototype', () => {
    const { settings } = manifestOf(
      `${head}[settings.__proto__]\nevil = "1"\n[__proto__]\nversion = "6.6.6"\n`,
    );
    expect(settings.evil).toBeUndefined();
    expect(Object.keys(settings)).toEqual([]);
    expect(manifestOf(`${head}[__proto__]\nversion = "6.6.6"\n`).version).toBe('0.1.0');
  });
});

describe('a broken manifest says where and what to write instead', () => {
  it.each([
    ['', 1, /`id` is missing: add id = "disk-space" \(and 1 more/],
    ['id = "Mail"\nname = "x"', 1, /`id` may hold only lowercase letters, digits, - and _/],
    [`id = "${'x'.repeat(65)}"\nname = "x"`, 1, /64 at most/],
    ['\nid = "mail"\n', 1, /`name` is missing: add name = /],
    ['id = "mail"\nname = "  "', 2, /`name` is empty/],
    [`${head}version = 1.0`, 3, /`version` must be text in double quotes, for example version = "0\.1\.0"/],
    ['name = "x"\nmode = "x"\nid = "Mail"\n', 2, /^`mode` must be .* \(and 1 more in this file\)$/],
    [`${head}protocol = "http"`, 3, /`protocol` must be "skill" or "mcp"/],
    [`${head}[env]\nSKILLWARD_RUN_ID = "x"`, 4, /`SKILLWARD_RUN_ID` is a variable Skillward sets itself/],
    [`${head}[env]\n"A B" = "x"`, 4, /`A B` is no name of a variable/],
    [`${head}[env]\nA = []`, 4, /`A` must be text in double quotes/],
    [`${head}cwd = "project"`, 3, /`cwd` must be an absolute path/],
    [`${head}[run]\ntimeout_secs = 0`, 4, /`timeout_secs` is too small: it must be at least 1/],
    [`${head}[run]\ntimeout = 5`, 3, /`run` holds a member that is not known here/],
    [`${head}mode = "cron"`, 3, /`mode` must be "daemon" or "one-shot"/],
    [
      `${head}min_python = "three"`,
      3,
      /`min_python` is not a version: write for example min_python = "3\.11"/,
    ],
    [`${head}command = []`, 3, /`command` is empty/],
    [`${head}command = "run 'x"`, 3, /`command` has a quote that is never closed/],
    [`${head}command = 5`, 3, /`command` must be an array of texts/],
    [`${head}[settings]\na = 1\nb = {c = 1}`, 5, /`\[settings\]`: `b` must be text, a number/],
    [`${head}settings = 3`, 3, /`settings` must be a table: start it with \[settings\]/],
    [`${head}[health]\ncheck_interval_secs = "5"`, 4, /`\[health\]`: `check_interval_secs` must be a number/],
    [`${head}[health]\ncheck_interval_secs = 0`, 4, /must be at least 1/],
    [`${head}[health]\nauto_restart = 1`, 4, /must be true or false/],
    [`${head}[health]\ncheckIntervalSecs = 5`, 4, /did you mean `check_interval_secs`\?/],
    [`${head}[health]\nfrequency = 5`, 4, /is not known here. Known are check_interval_secs, /],
    [`${head}[restart]\nstop_grace_ms = 1.5`, 4, /`\[restart\]`: `stop_grace_ms` must be a whole number/],
    [`${head}credentials = "x"`, 3, /must be an array of tables: start each one with \[\[credentials\]\]/],
  ])('%j', (text, line, message) => {
    const broken = brokenOf(text);
    expect(broken.message).toMatch(message);
    expect(broken.line).toBe(line);
  });

  it.each(['../x.py', '/etc/x.py', 'a/../../x.py', '..\\x.py', 'C:\\x.py', '.', '', 'a\\..\\..\\x.py'])(
    'refuses %j as an entry file',
    (file) => {
      const broken = brokenOf(`${head}entry_file = '${file}'`);
      expect(broken).toMatchObject({ line: 3, message: expect.stringContaining('inside the skill') });
    },
  );

  it.each(['skill.py', './a/b.py', 'a/../b.py', '..py', 'a\\b.py'])('allows %j as an entry file', (file) => {
    expect(manifestOf(`${head}entry_file = '${file}'`).entryFile).toBe(file);
  });

  it('names the credential and the line of what is declared twice', () => {
    const one = '[[credentials]]\nname = "a"\nenv_var = "A"\ndescription = "x"\n';
    const two = '[[credentials]]\nname = "b"\nenv_var = "A"\ndescription = "x"\n';
    expect(brokenOf(head + one + two)).toMatchObject({
      line: 9,
      message: '`[[credentials]]` number 2: `env_var` "A" is declared twice: give each credential its own',
    });
  });

  it.each(['PATH', 'PYTHONUNBUFFERED', 'SKILLWARD_RUN_ID'])('refuses %s as a credential', (variable) => {
    const text = `${head}[[credentials]]\nname = "a"\nenv_var = "${variable}"\ndescription = "x"\n`;
    expect(brokenOf(text)).toMatchObject({
      line: 5,
      message: expect.stringContaining('Skillward sets itself'),
    });
  });

  it('points at the line of a syntax error and offers the quotes that are missing', () => {
    const broken = brokenOf('id = "mail"\n\nname = Mail bot\n');
    expect(broken.line).toBe(3);
    expect(broken.message).toMatch(
      /^not valid TOML at column \d+: .*Text needs double quotes: name = "Mail bot"$/,
    );
  });

  it('keeps the id that can still be made out', () => {
    expect(parseManifest('id = "mail"\nname = = 3', 'f')).toMatchObject({ ok: false, id: 'mail' });
    expect(parseManifest('id = "mail"\nname = 3', 'f')).toMatchObject({ ok: false, id: 'mail' });
    expect(parseManifest('id = "No!"\nname = 3', 'f')).toMatchObject({ ok: false, id: null });
  });

  it('finds the line behind multi-line texts and lists that look like members', () => {
    const text = `id = "mail"
name = """
version = 1 \\"""
[health]
"""
keywords = [
  "a", # ]
  'version = 2',
]
version = 3
`;
    expect(brokenOf(text)).toMatchObject({ line: 10, message: expect.stringContaining('`version`') });
  });

  it('never throws, and the line is one of the text', { timeout: 30_000 }, () => {
    const lines = fc.constantFrom(
      'id = "a"',
      'name = "b"',
      '[health]',
      'x',
      '"""',
      '[[credentials]]',
      'name = 3',
      '',
    );
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(lines).map((all) => all.join('\n')),
    );
    fc.assert(
      fc.property(any, (text) => {
        const result = parseManifest(text, 'f');
        if (result.ok) return;
        expect(result.broken.line).toBeGreaterThanOrEqual(1);
        expect(result.broken.line).toBeLessThanOrEqual(text.split('\n').length);
      }),
    );
  });

  it('does not run out of stack on deep nesting', () => {
    expect(brokenOf(`${head}x = ${'['.repeat(100_000)}`).line).toBe(3);
  });
});
