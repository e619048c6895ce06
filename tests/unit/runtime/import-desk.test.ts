import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importCommands } from '../../../electron/runtime/commands/imports.ts';
import { ImportDesk, type ImportDeskPorts } from '../../../electron/runtime/import-desk.ts';
import type { Rooms } from '../../../electron/runtime/rooms.ts';
import { ImportedFolder } from '../../../electron/skills/mcp-import/imported-folder.ts';
import { knownSources } from '../../../electron/skills/mcp-import/sources.ts';

const token = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
let root: string;
let home: string;
let stored: [string, string, string][];
let decided: [string, unknown][];
let reloads: number;
let storeFails: boolean;
let desk: ImportDesk;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'skillward-import-'));
  home = join(root, 'home');
  [stored, decided, reloads, storeFails] = [[], [], 0, false];
  desk = new ImportDesk({
    catalog: { list: () => [{ id: 'taken' }] } as unknown as ImportDeskPorts['catalog'],
    credentials: {
      set: async (...entry: [string, string, string]) => {
        if (storeFails) throw new Error('the keychain is locked');
        stored.push(entry);
      },
    } as unknown as ImportDeskPorts['credentials'],
    book: {
      decide: (...entry: [string, unknown]) => void decided.push(entry),
    } as unknown as ImportDeskPorts['book'],
    actions: { record: () => undefined } as unknown as ImportDeskPorts['actions'],
    imported: new ImportedFolder(join(root, 'data')),
    hostEnv: { HOME: home, XDG_CONFIG_HOME: join(home, '.config') },
    folders: () => [join(root, 'project')],
    reload: async () => {
      reloads += 1;
    },
  });
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, content: unknown): string {
  const place = resolve(root, file);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
}
/** Where a program keeps its configuration in this test's home. */
function at(sourceId: string): string {
  const env = { XDG_CONFIG_HOME: join(home, '.config') };
  const world = { platform: process.platform, home, env, projects: [join(root, 'project')] };
  const source = knownSources(world).find((known) => known.sourceId === sourceId);
  if (source === undefined) throw new Error(`there is no source ${sourceId}`);
  return source.path;
}
const servers = (names: readonly string[]) => ({
  mcpServers: Object.fromEntries(
    names.map((name) => [name, { command: 'uvx', args: [name], env: { TOKEN: token } }]),
  ),
});

describe('configurations on this machine', () => {
  it('are those that list servers or cannot be read, each with its program', async () => {
    put(at('cursor'), servers(['a', 'b']));
    put(at('claude-code'), { theme: 'dark', projects: { '/p': { mcpServers: { c: { command: 'x' } } } } });
    put(at('claude-desktop'), '{ "mcpServers": ');
    put(at('vscode-settings'), { 'editor.fontSize': 12 });
    put(at('project-1'), servers(['d']));
    expect(await desk.sources()).toEqual([
      expect.objectContaining({
        sourceId: 'claude-desktop',
        servers: 0,
        problem: 'is not valid JSON: it ends too early',
      }),
      expect.objectContaining({ sourceId: 'claude-code', client: 'Claude Code', servers: 1, problem: null }),
      expect.objectContaining({ sourceId: 'cursor', path: at('cursor'), servers: 2 }),
      expect.objectContaining({ sourceId: 'project-1', client: '.mcp.json', servers: 1 }),
    ]);
    expect((await desk.preview({ sourceId: 'cursor' })).servers.map(({ name }) => name)).toEqual(['a', 'b']);
    await expect(desk.preview({ sourceId: 'windsurf' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.preview({ sourceId: '../../etc/passwd' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.preview({ sourceId: 'claude-desktop' })).rejects.toMatchObject({
      code: 'invalid_payload',
    });
  });
});

describe('an import', () => {
  it('shows everything and does nothing before the choice', async () => {
    const text = JSON.stringify(servers(['taken', 'b']));
    const { client, servers: shown } = await desk.preview({ text });
    expect(client).toBe('pasted text');
    expect(shown).toEqual([
      expect.objectContaining({
        name: 'taken',
        skillId: 'taken-2',
        command: 'uvx',
        args: ['taken'],
        problem: null,
      }),
      expect.objectContaining({
        name: 'b',
        skillId: 'b',
        env: [{ name: 'TOKEN', shown: '••••••••', secret: true }],
      }),
    ]);
    expect(readdirSync(root)).toEqual([]);
    expect([stored, decided, reloads]).toEqual([[], [], 0]);
  });

  it('makes what was chosen, its secrets kept and its decision written before anything can start it', async () => {
    const text = JSON.stringify(servers(['a', 'b']));
    expect(await desk.apply({ text }, ['b', 'b', 'nobody'], false)).toEqual({
      made: ['b'],
      refused: [{ name: 'nobody', problem: 'is not in the configuration' }],
    });
    expect(stored).toEqual([['b', 'token', token]]);
    expect(decided).toEqual([['b', { lifecycle: 'active', paused: true }]]);
    expect(reloads).toBe(1);
    const folder = join(root, 'data', 'imported', 'b');
    expect(readdirSync(folder)).toEqual(['manifest.toml']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder, 'manifest.toml'), 'utf8')).not.toContain(token);
    expect((await desk.preview({ text })).servers[1]).toMatchObject({ problem: 'is imported already, as b' });
    expect(await desk.apply({ text }, ['b'], true)).toMatchObject({ made: [], refused: [{ name: 'b' }] });
  });

  it('leaves nothing of what could not be kept, and says why', async () => {
    storeFails = true;
    const result = await desk.apply({ text: JSON.stringify(servers(['a'])) }, ['a'], true);
    expect(result.refused).toEqual([{ name: 'a', problem: 'could not be written: the keychain is locked' }]);
    expect(readdirSync(join(root, 'data', 'imported'))).toEqual([]);
    expect([decided, reloads]).toEqual([[], 0]);
  });

  it.each(['', 'not json', '[1]', '{"a":1}', '{"mcpServers":{}}'])('of %j makes nothing', async (text) => {
    const listed = await desk.preview({ text }).then(
      ({ servers: found }) => found,
      (error: { code: string }) => error.code,
    );
    expect([[], 'invalid_payload']).toContainEqual(listed);
    expect(existsSync(join(root, 'data'))).toBe(false);
  });
});

describe('from a page', () => {
  const commands = () => importCommands({ imports: desk } as unknown as Rooms);
  it('comes no path, neither to look at nor to import from', async () => {
    const path = put('secret.json', servers(['a']));
    const page = { trust: 'dashboard' } as const;
    expect(() => commands()['import.preview']({ path }, page)).toThrow('A page cannot name a file');
    await expect(commands()['import.apply']({ path, names: ['a'] }, page)).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect(existsSync(join(root, 'data'))).toBe(false);
  });

  it('comes what was found, or a pasted text; the command line may name a file, by its whole path', async () => {
    const path = put('mine.json', servers(['a']));
    const text = JSON.stringify(servers(['a']));
    expect(await commands()['import.preview']({ text }, { trust: 'dashboard' })).toMatchObject({
      servers: [{ name: 'a' }],
    });
    expect(await commands()['import.preview']({ path }, { trust: 'operator' })).toMatchObject({
      client: 'mine.json',
    });
    await expect(desk.preview({ path: 'mine.json' })).rejects.toMatchObject({ code: 'invalid_payload' });
    await expect(desk.preview({ path: join(root, 'gone.json') })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
