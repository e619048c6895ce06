import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsPage } from '../../support/dashboard-client.ts';
import { until } from '../../support/harness/until.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { crashingSkill, healthySkill } from '../../support/python-skills.ts';
import { deploy, program, type RunningPrometheus, startPrometheus } from './prometheus.ts';

const run = promisify(execFile);
const prometheusBinary = program('prometheus', 'SKILLWARD_PROMETHEUS');
const promtool = program('promtool', 'SKILLWARD_PROMTOOL');
const skillsDir = tempDir();
let host: TestHost;

beforeAll(async () => {
  writeSkills(skillsDir, {
    mail: { source: healthySkill },
    feed: { source: healthySkill },
    broken: { source: crashingSkill },
  });
  host = await startHost({ skillsDir });
});
afterAll(async () => {
  await host.stop();
  removeDir(skillsDir);
  removeDir(host.dataDir);
});

const set = (telemetry: Readonly<Record<string, unknown>>) =>
  host.client.request('config.patch', { telemetry });

/** The address of the endpoint as the host's log says it, after it has said `before` others. */
async function endpoint(before = 0): Promise<string> {
  const found = () => [...host.log().matchAll(/metrics for Prometheus at (http:[^"]+)/g)][before]?.[1];
  await until(() => found() !== undefined, 'the endpoint is open');
  return found() ?? '';
}

/** What Grafana and the alerts ask for, with the variables of the dashboard filled in. */
function expressions(): readonly string[] {
  const dashboard = JSON.parse(readFileSync(join(deploy, 'grafana/skillward.json'), 'utf8')) as {
    panels: { targets: { expr: string }[] }[];
    templating: { list: { definition?: string }[] };
  };
  const alerts = readFileSync(join(deploy, 'prometheus/alerts.yml'), 'utf8');
  return [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...dashboard.templating.list.flatMap(
      ({ definition }) => /\((.*), \w+\)$/.exec(definition ?? '')?.[1] ?? [],
    ),
    ...[...alerts.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr),
  ].map((expr) => expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(instance|skill)\b/g, '.*'));
}

describe('metrics of a running host', () => {
  it('are off at first, come on when asked for, and have every name the dashboards and alerts use', async () => {
    expect((await host.client.call('config.get')).config.telemetry).toMatchObject({
      prometheus: false,
      otlp: false,
    });
    expect(host.log()).not.toContain('metrics');
    await set({ prometheus: true, prometheusPort: 0 });
    const url = await endpoint();
    await host.client.call('skill.health.check', { skillId: 'mail' });
    await host.client.event('health.checked', ({ skillId }) => skillId === 'mail');
    let text = '';
    await until(() => {
      void fetch(url).then(async (answer) => {
        text = await answer.text();
      });
      return text.includes('skillward_check_duration_bucket{skill_id="mail"');
    }, 'the check is counted');

    const names = new Set([...text.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name]) => name));
    // Memory is looked at for the first time a quarter of a minute after the start; the unit tests know this name.
    names.add('skillward_skill_memory_usage');
    const asked = expressions().flatMap((expr) => [
      ...expr.replaceAll(/"[^"]*"/g, '""').matchAll(/\b(?:(?:skillward|process|nodejs)_\w+|target_info)\b/g),
    ]);
    expect(asked.length).toBeGreaterThan(25);
    expect(asked.map(([name]) => name).filter((name) => !names.has(name))).toEqual([]);
    expect(text).toContain('skillward_skill_status{skill_id="mail",skill_status="healthy"} 1');
    // Nothing of what skills say, and nothing of this machine's folders.
    expect(text).not.toMatch(/Traceback|Error|skill\.py/);
    expect(text).not.toContain(host.dataDir);
  });

  it('go nowhere a page says', async () => {
    const page = await connectAsPage(host.url);
    const before = (await host.client.call('config.get')).config.telemetry;
    for (const telemetry of [
      { otlp: true, otlpEndpoint: 'http://collector.example/steal' },
      { prometheusHost: '0.0.0.0' },
      { prometheusHost: '::' },
      { prometheusHost: '127.0.0.1.example' },
    ]) {
      const answer = await page.request('config.patch', { telemetry });
      expect(answer.error?.code, JSON.stringify(telemetry)).toBe('not_allowed');
    }
    const file = (await page.request('config.export', {})).payload;
    file.settings.telemetry = { ...before, otlp: true, otlpEndpoint: 'http://collector.example/steal' };
    await page.request('config.import', { file, mode: 'apply' });
    expect((await host.client.call('config.get')).config.telemetry).toEqual(before);
    // On and off, ports, and back home are a page's to say.
    for (const telemetry of [{ prometheusHost: 'localhost' }, { prometheusHost: null, otlpEndpoint: null }]) {
      expect((await page.request('config.patch', { telemetry })).ok).toBe(true);
    }
    page.close();
  });

  it('reach a collector', async () => {
    const bodies: string[] = [];
    const collector: Server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.once('end', () => {
        bodies.push(`${request.method} ${request.url} ${request.headers['content-type']}\n${body}`);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    await set({ otlp: true, otlpIntervalSecs: 1, otlpEndpoint: `http://127.0.0.1:${port}/v1/metrics` });
    await until(() => bodies.length > 0, 'something is delivered');
    const [head, body = ''] = bodies[0]?.split('\n') ?? [];
    expect(head).toBe('POST /v1/metrics application/json');
    const names = [...body.matchAll(/"name":"([a-z_.0-9]+)"/g)].map(([, name]) => name);
    expect(names).toContain('skillward.skill.status');
    expect(names).toContain('skillward.skill.restarts');
    expect(names).toContain('nodejs.eventloop.delay.p99');
    await set({ otlp: false });
    collector.close();
    collector.closeAllConnections();
  });

  it('that find their port taken leave a notice, and the host goes on', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    await set({ prometheusPort: (blocker.address() as AddressInfo).port });
    const { payload } = await host.client.event(
      'host.notice',
      ({ notice }) => notice.code === 'telemetry_port',
    );
    expect(payload.notice.message).toContain('another program has it');
    expect((await host.client.call('host.ping')).pong).toBe(true);
    blocker.close();
  });
});

describe.skipIf(prometheusBinary === null)('a real Prometheus', () => {
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    await set({ prometheus: false });
    const opened = host.log().split('metrics for Prometheus').length - 1;
    await set({ prometheus: true, prometheusPort: 0 });
    prometheus = await startPrometheus(prometheusBinary ?? '', new URL(await endpoint(opened)).host);
  });
  afterAll(() => prometheus?.stop());

  it('sees a skill, its quarantine and the alert about it, and understands every question', async () => {
    await prometheus.whenSeen(
      'skillward_skill_status{job="skillward", skill_id="feed", skill_status="healthy"} == 1',
    );
    await host.client.call('skill.quarantine', { skillId: 'feed', reason: 'for the test' });
    await prometheus.whenSeen('skillward_skill_status{skill_id="feed", skill_status="quarantined"} == 1');
    await prometheus.whenSeen(
      'skillward_skill_quarantines_total{skill_id="feed", action_origin="user"} == 1',
    );
    const [alert] = await prometheus.whenSeen(
      'ALERTS{alertname="SkillwardSkillQuarantined", skill_id="feed", alertstate="firing"}',
    );
    expect(alert?.metric.severity).toBe('warning');
    const [target] = await prometheus.whenSeen('target_info{job="skillward"}');
    expect(target?.metric).toMatchObject({ service_name: 'skillward' });
    for (const expression of expressions()) await prometheus.query(expression);
    await expect(prometheus.query('sum(')).rejects.toThrow('parse error');
  });
});

describe.skipIf(promtool === null)('the files for Prometheus', () => {
  const tool = (...args: readonly string[]) => run(promtool ?? '', args, { cwd: join(deploy, 'prometheus') });

  it('are valid, and each alert fires when it should and not otherwise', async () => {
    expect((await tool('check', 'config', 'prometheus.yml')).stdout).toContain('SUCCESS');
    expect((await tool('check', 'rules', 'alerts.yml')).stdout).toContain('11 rules found');
    await tool('test', 'rules', 'alerts.test.yml');
  });

  it('say for every alert what it means and what to do', () => {
    const text = readFileSync(join(deploy, 'prometheus/alerts.yml'), 'utf8');
    const alerts = text.split('- alert:').slice(1);
    expect(alerts).toHaveLength(11);
    for (const alert of alerts)
      expect(alert).toMatch(/severity: [\s\S]+summary: [\s\S]+description: [\s\S]+runbook: /);
  });
});
