import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emptyResource } from '@opentelemetry/resources';
import { afterEach, describe, expect, it } from 'vitest';
import { watched } from '../../../electron/telemetry/collector.ts';
import { Telemetry } from '../../../electron/telemetry/telemetry.ts';
import { until } from '../../support/harness/until.ts';
import { checked, fakeHost, skill } from './ports.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function started() {
  const host = fakeHost();
  host.state.skills = [skill('mail')];
  const telemetry = new Telemetry(host.ports);
  ends.push(() => telemetry.stop());
  return {
    ...host,
    telemetry,
    set(change: Partial<typeof host.state.config>) {
      host.state.config = { ...host.state.config, ...change };
      telemetry.configChanged();
    },
    /** The endpoint's address, once it is said. */
    address: () =>
      seen(
        () =>
          host.log
            .find((line) => line.includes('/metrics'))
            ?.split(' ')
            .at(-1),
        'there is an address',
      ),
  };
}

/** Looks until there is something to see. */
async function seen<T>(look: () => T | undefined, what: string): Promise<T> {
  let found: T | undefined;
  await until(() => {
    found = look();
    return found !== undefined;
  }, what);
  return found as T;
}

function get(
  url: string,
  options: { method?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const { hostname: host, pathname: path, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host, path, port, agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.once('error', reject).end();
  });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

describe('the endpoint for Prometheus', () => {
  it('is there as long as the settings say so, and listens to nobody else’s page', async () => {
    const host = started();
    host.telemetry.configChanged();
    host.set({ prometheus: true, prometheusPort: 0 });
    const url = await host.address();
    expect((await get(url)).body).toContain(
      'skillward_skill_status{skill_id="mail",skill_status="healthy"} 1',
    );
    expect((await get(url)).body).toContain('service_instance_id="host-1"');

    const { port } = new URL(url);
    expect((await get(url, { headers: { host: 'rebound.example' } })).status).toBe(403);
    expect((await get(url, { headers: { host: `127.0.0.1.rebound.example:${port}` } })).status).toBe(403);
    expect((await get(url, { headers: { origin: 'http://rebound.example' } })).status).toBe(403);
    expect((await get(url, { headers: { host: `localhost:${port}` } })).status).toBe(200);
    expect((await get(url, { method: 'POST' })).status).toBe(405);
    for (const path of ['/', '/metrics/', '/metricsx', '//metrics', '/x/../metrics', '/%6detrics'])
      expect((await get(url, { path })).status, path).toBe(404);

    host.set({ prometheus: false });
    await until(() => host.listeners.size === 0, 'it is over');
    await expect(get(url)).rejects.toThrow('ECONNREFUSED');
    expect(host.listeners.size).toBe(0);
    expect(host.said).toEqual([]);
  });

  it('says once that a port is taken, goes on, and opens when it is free', async () => {
    const blocker = createServer();
    const port = await listening(blocker);
    const host = started();
    host.set({ prometheus: true, prometheusPort: port });
    await until(() => host.said.length > 0, 'there is a notice');
    expect(host.said[0]).toMatchObject({ level: 'warning', code: 'telemetry_port' });
    expect(host.said[0]?.message).toContain(`port ${port}: another program has it`);

    await until(() => host.clock.pending > 0, 'the clock is set');
    await host.clock.advance(30_000);
    await until(() => host.clock.pending > 0, 'the clock is set');
    expect(host.said).toHaveLength(1);
    await new Promise((resolve) => blocker.close(resolve));
    await host.clock.advance(30_000);
    expect(await host.address()).toBe(`http://127.0.0.1:${port}/metrics`);
    expect(host.said).toHaveLength(1);
  });

  it('warns when other machines can read it, and takes whatever name they have for it', async () => {
    const host = started();
    host.set({ prometheus: true, prometheusHost: '0.0.0.0', prometheusPort: 0 });
    const { port } = new URL(await host.address());
    expect(host.said).toEqual([expect.objectContaining({ level: 'warning', code: 'telemetry_open' })]);
    const url = `http://127.0.0.1:${port}/metrics`;
    expect((await get(url, { headers: { host: 'skills.example:9464' } })).status).toBe(200);
    expect((await get(url, { headers: { origin: 'http://skills.example' } })).status).toBe(403);
  });

  it('follows changes that come faster than it can', async () => {
    const host = started();
    for (const prometheus of [true, false, true, false, true]) host.set({ prometheus, prometheusPort: 0 });
    expect((await get(await host.address())).status).toBe(200);
    expect(host.listeners.size).toBe(1);
    // What is off makes no difference to what is on.
    host.set({ otlpIntervalSecs: 5 });
    expect((await get(await host.address())).status).toBe(200);
    await host.telemetry.stop();
    expect(host.log.filter((line) => line.includes('/metrics'))).toHaveLength(1);
    expect(host.listeners.size).toBe(0);
  });
});

describe('a collector', () => {
  /** Takes what comes, with the status the test says. */
  async function collector() {
    const state = { status: 200, bodies: [] as string[] };
    const server = createServer((incoming, response) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      incoming.once('end', () => {
        state.bodies.push(body);
        response.writeHead(state.status, { 'Content-Type': 'application/json' }).end('{}');
      });
    });
    const port = await listening(server);
    ends.push(async () => server.closeAllConnections());
    return { state, endpoint: `http://127.0.0.1:${port}/v1/metrics` };
  }

  it('is sent every metric with its unit, and who it is from', async () => {
    const { endpoint, state } = await collector();
    const host = started();
    host.set({ otlp: true, otlpEndpoint: endpoint, otlpIntervalSecs: 3600 });
    await until(() => host.listeners.size > 0, 'it runs');
    host.state.skills = [skill('mail', 'healthy', 1)];
    host.send(checked('mail', { kind: 'healthy' }, 1));
    await host.telemetry.stop();
    const { resourceMetrics } = JSON.parse(state.bodies[0] ?? '') as {
      resourceMetrics: {
        resource: { attributes: { key: string; value: { stringValue: string } }[] };
        scopeMetrics: { metrics: { name: string; unit: string }[] }[];
      }[];
    };
    const [first] = resourceMetrics;
    expect(
      Object.fromEntries(first?.resource.attributes.map(({ key, value }) => [key, value.stringValue]) ?? []),
    ).toEqual({
      'service.name': 'skillward',
      'service.version': '1.2.3',
      'service.instance.id': 'host-1',
      'host.name': 'machine',
    });
    const units = new Map(
      first?.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name, unit }) => [name, unit])),
    );
    expect(units.get('skillward.skill.status')).toBe('1');
    expect(units.get('skillward.skill.restarts')).toBe('{restart}');
    expect(units.get('process.memory.usage')).toBe('By');
    expect(units.get('nodejs.eventloop.delay.p99')).toBe('s');
    // What people read is what there is: the table of docs/telemetry.md, name by name and unit by unit.
    const lines = readFileSync(new URL('../../../docs/telemetry.md', import.meta.url), 'utf8').split('\n');
    const documented = lines.flatMap((line) => {
      const [, names = '', unit = ''] = /^\| (`[^|]+`) \| [a-z -]+, (\S+) \|/.exec(line) ?? [];
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, unit] as const);
    });
    expect(new Map(documented)).toEqual(units);
    // Lower case, dots between names, no unit and no kind of instrument in a name.
    for (const name of units.keys()) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/);
      expect(name).not.toMatch(/_?(total|seconds|bytes|counter|gauge)$/);
    }
    expect(host.said).toEqual([]);
  });

  it('that refuses is told of', async () => {
    const { endpoint, state } = await collector();
    state.status = 400;
    const host = started();
    host.set({ otlp: true, otlpEndpoint: endpoint, otlpIntervalSecs: 3600 });
    await until(() => host.listeners.size > 0, 'it runs');
    await host.telemetry.stop();
    expect(host.said).toEqual([expect.objectContaining({ level: 'warning', code: 'telemetry_collector' })]);
    expect(host.said[0]?.message).toContain(`${endpoint}: it answered 400`);
  });

  it('that comes and goes is told of once, and stands in the log every ten minutes at most', async () => {
    const host = fakeHost();
    let error: Error | undefined;
    const exporter = watched(
      {
        export: (_metrics, done) => done(error === undefined ? { code: 0 } : { code: 1, error }),
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
      host.ports,
      'http://collector.example/',
    );
    const push = (failure?: Error) => {
      error = failure;
      exporter.export({ resource: emptyResource(), scopeMetrics: [] }, () => undefined);
    };
    push();
    for (let round = 0; round < 50; round += 1) {
      push(new Error('away\u001b[2J\nwith an \u0007 error'));
      push(new Error('away again'));
      push();
    }
    expect(host.said).toHaveLength(1);
    expect(host.said[0]?.message).toContain('away [2J with an   error.');
    expect(host.log).toEqual(['the collector at http://collector.example/ takes metrics again']);
    await host.clock.advance(600_000);
    push(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    expect(host.log.at(-1)).toContain('nobody listens there');
    expect(host.said).toHaveLength(1);
  });

  it('that never answers holds nobody up', async () => {
    const silent = createServer(() => undefined);
    const port = await listening(silent);
    ends.push(async () => silent.closeAllConnections());
    const host = started();
    host.set({ otlp: true, otlpEndpoint: `http://127.0.0.1:${port}/`, otlpIntervalSecs: 3600 });
    await until(() => host.listeners.size > 0, 'it runs');
    const stopped = host.telemetry.stop();
    await until(() => host.clock.pending > 0, 'the clock is set');
    await host.clock.advance(1000);
    await stopped;
    expect(host.listeners.size).toBe(0);
  });
});
