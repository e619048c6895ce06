import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { healthySkill } from '../../support/python-skills.ts';
import type { Envelope } from '../../support/socket-client.ts';

const run = promisify(execFile);
let host: TestHost;
const skillsDir = tempDir();

beforeAll(async () => {
  writeSkills(skillsDir, { echo: { source: healthySkill } });
  host = await startHost({ skillsDir });
});

afterAll(async () => {
  await host.stop();
  removeDir(skillsDir);
  removeDir(host.dataDir);
});

async function skillward(...args: readonly string[]) {
  const command = ['out/main/cli.js', '--data-dir', host.dataDir, ...args];
  try {
    return { ...(await run(process.execPath, command)), code: 0 };
  } catch (error) {
    return error as { readonly stdout: string; readonly stderr: string; readonly code: number };
  }
}

/** Asks as the dashboard does: through the WebSocket, with less trust. */
async function fromThePage(command: string, payload: unknown): Promise<Envelope> {
  const { port, origin, hash } = new URL(host.url);
  const token = hash.slice('#token='.length);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['skillward.v1', `token.${token}`], { origin });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const answer = new Promise<Envelope>((resolve) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data)) as Envelope));
  });
  socket.send(JSON.stringify({ v: 1, requestId: 'w1', command, payload }));
  const envelope = await answer;
  socket.close();
  return envelope;
}

// Each command is a process of its own, which takes its time on a busy machine.
describe('settings as a file', { timeout: 90_000 }, () => {
  it('go out and come back on the command line, said before they are done', async () => {
    await host.client.call('config.patch', { health: { checkIntervalSecs: 42 } });
    const file = join(skillsDir, 'settings.json');
    expect((await skillward('config', 'export', file)).stdout).toBe(`Wrote the settings to ${file}.\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(host.dataDir);
    await host.client.call('config.patch', { health: { checkIntervalSecs: null } });

    const dry = await skillward('config', 'import', file, '--dry-run');
    expect(dry.stdout).toBe('health.checkIntervalSecs: 300 → 42\nWould change 1 setting.\n');
    expect((await host.client.call('config.get')).config.health.checkIntervalSecs).toBe(300);
    const done = await skillward('config', 'import', file, '--json');
    expect(JSON.parse(done.stdout)).toEqual({
      changes: [{ path: 'health.checkIntervalSecs', from: 300, to: 42 }],
    });
    expect((await host.client.call('config.get')).config.health.checkIntervalSecs).toBe(42);

    writeFileSync(file, '{"format": "skillward-settings", "version": 1, "settings": {"health": {"odd": 1}}}');
    const refused = await skillward('config', 'import', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('settings.health');
    writeFileSync(file, 'not JSON');
    expect((await skillward('config', 'import', file)).stderr).toContain(file);
  });

  it('bring no folder and no consent from a page, and change nothing while they are looked at', async () => {
    const file = {
      format: 'skillward-settings',
      version: 1,
      settings: {
        skills: { folders: ['/etc'] },
        general: { theme: 'dark' },
        advice: { baseUrl: 'https://elsewhere.example/v1', consentedPreview: true },
      },
    };
    const before = (await host.client.call('config.get')).config;
    const preview = await fromThePage('config.import', { file, mode: 'preview' });
    expect(preview.payload.changes.map(({ path }: { path: string }) => path)).toEqual([
      'general.theme',
      'advice.baseUrl',
    ]);
    expect((await host.client.call('config.get')).config).toEqual(before);
    const { config } = (await fromThePage('config.import', { file, mode: 'apply' })).payload;
    expect(config.skills.folders).toEqual([]);
    expect(config.advice).toMatchObject({ baseUrl: 'https://elsewhere.example/v1', consentedPreview: false });
    expect(config.general.theme).toBe('dark');
    const { actions } = await host.client.call('action.list', { limit: 5 });
    expect(actions[0]).toMatchObject({ kind: 'changeConfig', origin: 'user' });

    const wrong = await fromThePage('config.import', { file: { format: 'x' }, mode: 'apply' });
    expect(wrong.error).toMatchObject({ code: 'invalid_payload' });
  });
});

describe('what the machine offers', () => {
  it('is asked of the programs themselves', async () => {
    const environment = await host.client.call('host.environment');
    expect(environment.python.version).toMatch(/^3\.\d+/);
    expect(environment.pythonProblem).toBeNull();
    expect(environment.skillsFolders).toEqual([{ path: skillsDir, skills: 1, problem: null }]);
    expect(environment.installFolder.startsWith(host.dataDir)).toBe(true);
  });

  it('a try of the notices arrives as every notice does', async () => {
    await host.client.call('notification.test');
    await host.client.event('notification', ({ notice }) => notice.title === 'A test of Skillward');
  });
});
