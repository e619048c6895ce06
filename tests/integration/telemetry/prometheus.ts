import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeDir, tempDir } from '../../support/host-process.ts';
import { freePort } from '../../support/nats-server.ts';

/** The files of `deploy/` as people get them. */
export const deploy = fileURLToPath(new URL('../../../deploy', import.meta.url));
const LOOK_AGAIN_MS = 50;
const WAIT_MS = 25_000;

/** A program by an environment variable or on the PATH; null, said on standard error, where there is none. */
export function program(name: string, variable: string): string | null {
  const given = process.env[variable];
  const places = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = given === undefined ? places.map((place) => join(place, name)) : [given];
  const found = candidates.find((candidate) => existsSync(candidate)) ?? null;
  if (found === null)
    process.stderr.write(`No ${name} here (${variable}, PATH): the tests that need it are left out.\n`);
  return found;
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

export interface RunningPrometheus {
  /** Samples of an expression now; throws with Prometheus's words when it does not understand it. */
  query(expression: string): Promise<readonly Sample[]>;
  /** Asks again until there is something. */
  whenSeen(expression: string): Promise<readonly Sample[]>;
  stop(): Promise<void>;
}

/** Prometheus with the configuration of `deploy/`, reading one endpoint every second instead of the usual one. */
export async function startPrometheus(binary: string, target: string): Promise<RunningPrometheus> {
  const folder = tempDir();
  const config = readFileSync(join(deploy, 'prometheus/prometheus.yml'), 'utf8')
    .replaceAll('127.0.0.1:9464', target)
    .replaceAll('15s', '1s')
    .replace('- alerts.yml', `- ${JSON.stringify(join(deploy, 'prometheus/alerts.yml'))}`);
  writeFileSync(join(folder, 'prometheus.yml'), config);
  const port = await freePort();
  const child = spawn(
    binary,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const query = async (expression: string): Promise<readonly Sample[]> => {
    const body = new URLSearchParams({ query: expression });
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query`, { method: 'POST', body });
    const said = (await answer.json()) as { status: string; error?: string; data?: { result: Sample[] } };
    if (said.status !== 'success') throw new Error(`${expression}: ${said.error}`);
    return said.data?.result ?? [];
  };
  const whenSeen = async (expression: string): Promise<readonly Sample[]> => {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      // Until it listens it refuses connections; afterwards what it answers counts.
      const samples = await query(expression).catch((error: unknown) => {
        if (error instanceof TypeError || error instanceof SyntaxError) return [];
        throw error;
      });
      if (samples.length > 0) return samples;
      if (performance.now() > deadline || child.exitCode !== null)
        throw new Error(`Prometheus never saw ${expression}: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  };
  return {
    query,
    whenSeen,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      removeDir(folder);
    },
  };
}
