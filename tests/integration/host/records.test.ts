import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { talkingSkill } from '../../support/python-skills.ts';

const run = promisify(execFile);
const manifest = '[health]\ncheck_interval_secs = 30\n';
const hosts: TestHost[] = [];

afterEach(async () => {
  for (const host of hosts.splice(0)) {
    await host.stop();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  }
});

async function startTalkers(): Promise<TestHost> {
  const skills = { alpha: { manifest, source: talkingSkill }, beta: { manifest, source: talkingSkill } };
  const host = await startHost({ skillsDir: writeSkills(tempDir(), skills) });
  hosts.push(host);
  for (const id of ['alpha', 'beta'])
    await host.client.event('health.checked', ({ skillId }) => skillId === id);
  return host;
}

async function say(host: TestHost, skillId: string, lines: number, text: string): Promise<void> {
  await host.client.call('skill.invoke', { skillId, method: 'invoke', params: { lines, text } });
  const last = text.replace('%d', String(lines - 1));
  await host.client.until(() =>
    host.client.events
      .filter(({ event, payload }) => event === 'log.appended' && payload.skillId === skillId)
      .flatMap(({ payload }) => payload.lines as { text: string }[])
      .find((line) => line.text === last),
  );
}

const command = (host: TestHost, args: readonly string[]) => [
  'out/main/cli.js',
  '--data-dir',
  host.dataDir,
  ...args,
];

async function skillward(host: TestHost, ...args: readonly string[]) {
  try {
    return { ...(await run(process.execPath, command(host, args))), code: 0 };
  } catch (error) {
    return error as { readonly stdout: string; readonly stderr: string; readonly code: number };
  }
}

// Each command is a process of its own, which takes its time on a busy machine.
describe('logs', { timeout: 90_000 }, () => {
  it('of several skills come merged, filtered, paged and followed, on the command line and over the wire', async () => {
    const host = await startTalkers();
    await say(host, 'alpha', 30, 'alpha %d');
    await say(host, 'beta', 2, 'ERROR beta %d \u001b[31mred\u001b[0m');
    await say(host, 'alpha', 1, 'the end %d');

    const { stdout: both } = await skillward(host, 'logs', 'alpha', 'beta', '-n', '4');
    expect(
      both
        .trim()
        .split('\n')
        .map((line) => line.slice(14)),
    ).toEqual(['alpha  alpha 29', 'beta  ERROR beta 0 red', 'beta  ERROR beta 1 red', 'alpha  the end 0']);
    const { stdout: errors } = await skillward(host, 'logs', '--level', 'error', '--since', '1h');
    expect(errors.trim().split('\n')).toHaveLength(2);
    const { stdout: found } = await skillward(host, 'logs', 'alpha', '--regex', '^alpha \\d$', '--json');
    expect(
      found
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).text),
    ).toEqual(Array.from({ length: 10 }, (_, n) => `alpha ${n}`));
    const wrong = await skillward(host, 'logs', 'alpha', '--regex', '(');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('not a regular expression') });
    expect(await skillward(host, 'logs', 'nobody')).toMatchObject({ code: 1, stdout: '' });

    const following = spawn(
      process.execPath,
      command(host, ['logs', '-f', '-n', '1', '--regex', 'beta|news', 'beta']),
    );
    const lines = createInterface({ input: following.stdout })[Symbol.asyncIterator]();
    const heard = [await lines.next()];
    await say(host, 'beta', 3, 'news %d');
    while (heard.length < 4) heard.push(await lines.next());
    following.kill();
    expect(heard.map(({ value }) => String(value).slice(14))).toEqual([
      'ERROR beta 1 red',
      'news 0',
      'news 1',
      'news 2',
    ]);

    const refused = await host.client.request('logs.read', { limit: 5, cursor: '{"v":1,"at":"../../x"}' });
    expect(refused.error).toMatchObject({ code: 'invalid_payload' });
    const exported = await host.client.call('logs.export', { skillIds: ['beta'], limit: 2 });
    expect(exported).toMatchObject({ lines: 2, truncated: true });
    expect(exported.fileName).toMatch(/^skillward-log-beta-[\dT-]+\.txt$/);
    expect(exported.text).toMatch(/^\S+Z {2}beta {2}stderr {2}INFO {2}news 1\n\S+Z .*news 2\n$/);
  });
});

describe('tasks and fixes', { timeout: 90_000 }, () => {
  it('are run, paused and merged from a terminal, and outlive a hard kill', async () => {
    const host = await startTalkers();
    const invoke = { skillId: 'alpha', method: 'invoke', params: { lines: 1 } };
    const schedule = { kind: 'cron', expression: '*/5 * * * *' };
    const { runs } = await host.client.call('scheduler.preview', { schedule });
    expect(runs).toHaveLength(5);
    expect(runs.every((at: number) => at % 300_000 === 0 && at > Date.now() - 1000)).toBe(true);
    const nonsense = { schedule: { kind: 'cron', expression: 'whenever' } };
    expect(await host.client.request('scheduler.preview', nonsense)).toMatchObject({
      error: { code: 'invalid_payload', message: expect.stringContaining('not a cron expression') },
    });
    await host.client.call('scheduler.create', { id: 'greet', name: 'Greet', schedule, invoke });
    const { task } = await host.client.call('scheduler.update', {
      taskId: 'greet',
      invoke: { ...invoke, params: { lines: 2 } },
    });
    expect(task.invoke.params).toEqual({ lines: 2 });
    expect((await skillward(host, 'tasks', 'run', 'greet')).stdout).toContain('greet: success');
    expect((await skillward(host, 'tasks', 'pause', 'greet')).stdout).toContain('Greet: paused');
    const { stdout } = await skillward(host, 'tasks', '--json');
    expect(JSON.parse(stdout).tasks).toMatchObject([
      { id: 'greet', enabled: false },
      { id: 'skill_health_check' },
    ]);

    const refused = 'ConnectionRefusedError: [Errno 111] Connection refused';
    const { pattern: one } = await host.client.call('fix.record', {
      error: "KeyError: 'token'",
      fixDescription: 'Renew the token',
    });
    const { pattern: other } = await host.client.call('fix.record', {
      error: refused,
      fixDescription: 'Start it',
    });
    await host.client.call('fix.feedback', { fixId: one.id, worked: true });
    const merged = await skillward(host, 'fix', 'merge', String(one.id), '--into', String(other.id));
    expect(merged.stdout).toContain('is for 2 errors now: worked 3 of 3 times');
    await host.kill9();
    hosts.pop();

    const again = await startHost({ skillsDir: host.skillsDir, dataDir: host.dataDir });
    hosts.push(again);
    const { matches } = await again.client.call('fix.match', { error: "KeyError: 'token'" });
    expect(matches).toMatchObject([{ tier: 'exact', pattern: { id: other.id, fixDescription: 'Start it' } }]);
    const { stdout: past } = await skillward(again, 'fix', 'history', String(other.id));
    expect(past).toMatch(/merged .*Renew the token[\s\S]*worked[\s\S]*recorded/);
    const { tasks } = await again.client.call('scheduler.list');
    expect(tasks).toMatchObject([{ id: 'greet', enabled: false, invoke: { params: { lines: 2 } } }, {}]);
  });
});
