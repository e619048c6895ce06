import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../../electron/skills/manifest.ts';
import { type ImportPlan, planImports } from '../../../../electron/skills/mcp-import/import-server.ts';
import { importedManifest, originKey } from '../../../../electron/skills/mcp-import/imported-folder.ts';
import { readServers } from '../../../../electron/skills/mcp-import/read-servers.ts';

function plans(
  config: unknown,
  change: Partial<Parameters<typeof planImports>[1]> = {},
): readonly ImportPlan[] {
  const listed = readServers(config);
  if (listed === null) throw new Error('lists no servers');
  return planImports(listed, {
    folder: '/srv/project',
    home: '/home/me',
    taken: new Set(),
    importedAs: () => undefined,
    ...change,
  });
}
function one(entry: unknown, change?: Parameters<typeof plans>[1]): ImportPlan {
  const [plan] = plans({ mcpServers: { server: entry } }, change);
  if (plan === undefined) throw new Error('lists no server');
  return plan;
}

describe('a configuration that lists servers', () => {
  const entry = { command: 'npx', args: ['-y', 'pkg'] };
  it.each([
    ['of most programs', { mcpServers: { a: entry } }],
    ['of VS Code', { servers: { a: { type: 'stdio', ...entry } }, inputs: [] }],
    ['in VS Code settings', { 'editor.fontSize': 12, mcp: { servers: { a: entry } } }],
    ['of Zed', { context_servers: { a: { source: 'custom', ...entry } } }],
    ['of an older Zed', { context_servers: { a: { command: { path: 'npx', args: ['-y', 'pkg'] } } } }],
    ['pasted without its frame', { a: entry }],
    ['with the whole line as its command', { mcpServers: { a: { command: 'npx -y pkg' } } }],
  ])('%s', (_what, config) => {
    expect(plans(config).map(({ server, command }) => [server.name, command])).toEqual([
      ['a', ['npx', '-y', 'pkg']],
    ]);
  });

  it('of Claude Code has servers of its own and of projects, which run there', () => {
    const config = {
      mcpServers: { notes: entry },
      projects: { '/home/me/shop': { mcpServers: { notes: { command: './serve.sh' } } }, '/home/me/x': {} },
    };
    expect(
      plans(config).map(({ server }) => [server.name, server.skillId, server.command, server.cwd]),
    ).toEqual([
      ['notes', 'notes', 'npx', null],
      ['notes (shop)', 'notes-shop', '/home/me/shop/serve.sh', '/home/me/shop'],
    ]);
  });

  it('lists what cannot be started, with the reason', () => {
    const problems = plans({
      mcpServers: {
        url: { url: 'https://user:pw@x.example/mcp?token=abc' },
        http: { type: 'http', serverUrl: 'not a url' },
        extension: { settings: {} },
        nothing: null,
        args: { command: 'x', args: [{}] },
        relative: { command: './x', cwd: 'sub' },
        workspace: { command: 'x', args: [`\${input:key}`] },
      },
    }).map(({ server }) => server.problem);
    expect(problems).toEqual([
      'is reached over the network (https://x.example): there is no process to supervise',
      'is reached over the network (an address): there is no process to supervise',
      'names no `command`: it may be started by an extension of its program',
      'is no object with a `command`',
      'has arguments or variables that are no text',
      null,
      `has \${input:key} in its command, which Skillward does not fill in: write the value there`,
    ]);
  });

  it('that lists none is none, whatever it is', () => {
    for (const config of [null, [], 'x', { theme: 'dark' }, { mcpServers: [] }, { a: { b: 1 } }]) {
      expect(readServers(config)).toBeNull();
    }
  });

  it('is not believed without bounds', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_unused, at) => [`s${at}`, entry]));
    expect(readServers({ mcpServers: many })).toHaveLength(200);
    const hostile = JSON.parse(
      '{"mcpServers":{"__proto__":{"command":"x"},"\\u001b[2J evil":{"command":"y"}}}',
    );
    expect(plans(hostile).map(({ server }) => [server.name, server.skillId])).toEqual([
      ['__proto__', '__proto__'],
      ['[2J evil', '2j-evil'],
    ]);
  });
});

describe('an imported server', () => {
  it.each([
    ['GitHub (work)', 'github-work'],
    ['Ünïcode café', 'unicode-cafe'],
    ['!!!', 'mcp-server'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('called %s gets an id', (name, id) => {
    const [plan] = plans({ mcpServers: { [name]: { command: 'x' } } });
    expect(plan?.server.skillId).toBe(id);
  });

  it('gets an id of its own where its first one is in use', () => {
    const config = { mcpServers: { a: { command: 'x' }, A: { command: 'y' } } };
    const ids = plans(config, { taken: new Set(['a', 'a-2']) }).map(({ server }) => server.skillId);
    expect(ids).toEqual(['a-3', 'a-4']);
  });

  it.each([
    ['uvx', [], 'python'],
    ['/usr/bin/python3.12', ['server.py'], 'python'],
    ['npx', [], 'node'],
    ['C:\\Program Files\\nodejs\\node.exe', ['x.js'], 'node'],
    ['docker', ['run', '-i'], 'docker'],
    ['env', ['A=1', 'node', 'x.js'], 'node'],
    ['/opt/bin/thing', [], 'other'],
  ])('run by %s %j is %s', (command, args, runtime) => {
    expect(one({ command, args }).server.runtime).toBe(runtime);
  });

  it('keeps secrets apart: credentials, never shown, never in the manifest', () => {
    const token = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
    const plan = one({
      command: 'npx',
      args: ['--api-key', 'topsecretvalue', `--header=Bearer ${token}`, '--verbose'],
      env: {
        GITHUB_TOKEN: token,
        MODE: 'fast',
        SOMETHING: token,
        DATABASE: 'postgres://me:hunter2hunter2@db/x',
        API_KEY: '',
        OPENAI_API_KEY: `\${env:OPENAI_API_KEY}`,
        ASKED: `\${input:key}`,
        KEY_FILE: '/home/me/key.pem',
        PORT: 8080,
        MAX_TOKENS: '4096',
        PYTHONUNBUFFERED: '1',
      },
    });
    const shown = JSON.stringify(plan.server);
    expect(shown).not.toContain(token);
    expect(shown).not.toContain('topsecretvalue');
    expect(shown).not.toContain('hunter2');
    expect(plan.server.env.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'GITHUB_TOKEN',
      'SOMETHING',
      'DATABASE',
      'API_KEY',
      'OPENAI_API_KEY',
      'ASKED',
    ]);
    const manifest = importedManifest(plan, { from: 'Cursor', name: 'server' });
    for (const text of [`"${token}"`, 'hunter2']) expect(manifest).not.toContain(text);
    const parsed = parseManifest(manifest, 'manifest.toml');
    expect(parsed).toMatchObject({
      ok: true,
      manifest: {
        id: 'server',
        protocol: 'mcp',
        command: plan.command,
        env: { MODE: 'fast', KEY_FILE: '/home/me/key.pem', PORT: '8080', MAX_TOKENS: '4096' },
      },
    });
    expect(parsed.ok && parsed.manifest.credentials.map(({ envVar }) => envVar)).toEqual([
      'GITHUB_TOKEN',
      'SOMETHING',
      'DATABASE',
      'API_KEY',
      'OPENAI_API_KEY',
      'ASKED',
    ]);
    // What the host's own environment or nobody has yet is no value to store.
    expect(
      plan.variables.filter((variable) => variable.kind === 'secret' && variable.value === null),
    ).toHaveLength(3);
  });

  it('whose variables no skill can have is listed with the reason', () => {
    expect(one({ command: 'x', env: { 'A B': '1' } }).server.problem).toContain('no name of a variable');
    expect(one({ command: 'x', env: { api_key: 'abc' } }).server.problem).toContain('capital letters');
  });

  it('becomes a manifest that reads back as it was meant, whatever its words hold', () => {
    const command = ['weird "program"', '--a=\\n"', "it's", '\u007f\t', 'ü 漢字 🙂', '"""', '#'];
    const plan = one({ command: command[0], args: command.slice(1), env: { A: 'x"\n[run]\n' }, cwd: '/a b' });
    const text = importedManifest(plan, { from: 'x"y', name: '[[credentials]]' });
    expect(parse(text)).toMatchObject({ command, cwd: '/a b', env: { A: 'x"\n[run]\n' } });
    expect(parseManifest(text, 'manifest.toml').ok).toBe(true);
  });

  it('is not imported twice, unless its command is another by now', () => {
    const key = originKey({ from: 'Cursor', name: 'server' }, ['x', '--old']);
    const importedAs = (name: string, command: readonly string[]) =>
      originKey({ from: 'Cursor', name }, command) === key ? 'server' : undefined;
    const place = { importedAs, taken: new Set(['server']) };
    expect(one({ command: 'x', args: ['--old'] }, place).server).toMatchObject({
      skillId: 'server',
      problem: 'is imported already, as server',
    });
    expect(one({ command: 'x', args: ['--new'] }, place).server).toMatchObject({
      skillId: 'server-2',
      problem: null,
    });
  });

  it('may name places by variables every program fills in', () => {
    const plan = one({ command: '~/bin/x', args: [`\${userHome}/a`, `\${workspaceFolder}/b`], cwd: 'sub' });
    expect(plan.command).toEqual(['/home/me/bin/x', '/home/me/a', '/srv/project/sub/b']);
  });
});
