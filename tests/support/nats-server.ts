import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const READY_TIMEOUT_MS = 15_000;
const LOOK_AGAIN_MS = 20;

export interface TestBroker {
  readonly port: number;
  /** `nats://127.0.0.1:PORT`. With TLS in the config, use `tls://127.0.0.1:PORT` yourself. */
  readonly url: string;
  /** Scratch of this broker: certificates and the like can lie here; JetStream keeps its own below it. */
  readonly folder: string;
  /** Everything the broker said so far. */
  log(): string;
  /** SIGTERM (an orderly end) or SIGKILL, and waits for the exit. What JetStream kept stays for `start`. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port with the same folder; with other `config` text when given. Ready when it resolves. */
  start(config?: string): Promise<void>;
  /** Reads its configuration file anew, as `nats-server --signal reload` would; resolves when the broker says so. */
  reload(config: string): Promise<void>;
  /** Stops it and takes the folder away. */
  remove(): Promise<void>;
}

/**
 * The broker's program: `SKILLWARD_NATS_SERVER`, else on the PATH or where Debian puts it. Null where there is none:
 * then a suite says why it does not run, with `describe.skipIf(natsServer === null)`.
 */
export const natsServer: string | null = find();

function find(): string | null {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const given = process.env.SKILLWARD_NATS_SERVER;
  const candidates =
    given === undefined ? places.filter(Boolean).map((place) => join(place, 'nats-server')) : [given];
  const found = candidates.find((candidate) => existsSync(candidate)) ?? null;
  if (found === null)
    process.stderr.write(
      'No nats-server here (SKILLWARD_NATS_SERVER, PATH, /usr/sbin): tests of the fleet are left out.\n',
    );
  return found;
}

export interface BrokerOptions {
  /** Text after `port` and `host` of its configuration file: authorization, accounts, tls, limits. `FOLDER` stands for its folder. */
  readonly config?: string;
  /** False: a broker without JetStream. */
  readonly jetstream?: boolean;
  /** What its command begins with, to run it in another net (`ip netns exec …`); there it listens on every address. */
  readonly via?: readonly string[];
  /** Puts files (certificates) into the folder before the first start. */
  readonly prepare?: (folder: string) => void;
}

/** Starts a broker on a free port of this machine and waits until it answers. */
export async function startBroker(options: BrokerOptions = {}): Promise<TestBroker> {
  const program = natsServer;
  if (program === null) throw new Error('there is no nats-server on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'sw-nats-'));
  options.prepare?.(folder);
  const port = await freePort();
  let config = options.config ?? '';
  let log = '';
  let child: ChildProcess | null = null;
  let exited: Promise<void> = Promise.resolve();

  const file = join(folder, 'nats.conf');
  const write = () => {
    const jetstream =
      options.jetstream === false ? '' : `jetstream { store_dir: ${JSON.stringify(join(folder, 'js'))} }\n`;
    const own = config.replaceAll('FOLDER', folder);
    const listens = options.via === undefined ? '127.0.0.1' : '0.0.0.0';
    writeFileSync(file, `host: "${listens}"\nport: ${port}\n${jetstream}${own}\n`);
  };
  const start = async (changed?: string) => {
    config = changed ?? config;
    write();
    const [command = program, ...args] = [...(options.via ?? []), program, '-c', file];
    const before = log.length;
    const started = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    let over = false;
    exited = new Promise((resolve) => {
      started.once('exit', (code, signal) => {
        over = true;
        // Whoever lost a connection to it then should not have to guess.
        if (child === started)
          process.stderr.write(`The broker ended by itself (${code ?? signal}): ${log}\n`);
        resolve();
      });
    });
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!log.slice(before).includes('Server is ready')) {
      if (over || performance.now() > deadline) throw new Error(`the broker did not get ready: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const ending = child;
    child = null;
    ending?.kill(signal);
    await exited;
  };

  await start();
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    folder,
    log: () => log,
    stop,
    start,
    async reload(changed) {
      config = changed;
      write();
      const before = log.length;
      child?.kill('SIGHUP');
      const deadline = performance.now() + READY_TIMEOUT_MS;
      while (!log.slice(before).includes('Reloaded server configuration')) {
        if (performance.now() > deadline) throw new Error(`the broker did not reload: ${log.slice(before)}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    },
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });
}
