import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppConfig } from '../../shared/model/config.ts';
import { isLoopbackHost } from '../../shared/model/loopback.ts';
import type { Timer } from '../core/supervision/clock.ts';
import type { TelemetryPorts } from './types.ts';

// As in the dashboard's server: an `import` would load Node's whole HTTP client along with it.
const { createServer } = process.getBuiltinModule('node:http');

/** A port that is taken is tried again after this long, ms. */
const RETRY_MS = 30_000;
/** Readers at one time; a scraper needs one. */
const MAX_CONNECTIONS = 32;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** `GET /metrics` and nothing else, on the address of the settings. A port it cannot have is told once and tried again. */
export class MetricsEndpoint {
  readonly #ports: TelemetryPorts;
  readonly #host: string;
  readonly #port: number;
  readonly #answer: Answer;
  #server: Server | null = null;
  #retry: Timer | null = null;
  #toldOfTrouble = false;
  #closed = false;

  constructor(
    ports: TelemetryPorts,
    { prometheusHost, prometheusPort }: AppConfig['telemetry'],
    answer: Answer,
  ) {
    this.#ports = ports;
    this.#host = prometheusHost;
    this.#port = prometheusPort;
    this.#answer = answer;
  }

  open(): void {
    if (this.#closed) return;
    const server = createServer((request, response) => this.#take(request, response));
    // One short request at a time: slow senders and crowds are cut off.
    server.headersTimeout = 10_000;
    server.requestTimeout = 10_000;
    server.maxConnections = MAX_CONNECTIONS;
    this.#server = server;
    server.on('error', (error: NodeJS.ErrnoException) => this.#failed(server, error));
    server.listen(this.#port, this.#host, () => this.#opened(server));
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#retry?.cancel();
    const server = this.#server;
    if (server === null || !server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  #opened(server: Server): void {
    if (this.#closed) return void server.close();
    const { port } = server.address() as AddressInfo;
    const address = `http://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${port}/metrics`;
    this.#ports.report(`metrics for Prometheus at ${address}`, null);
    if (!isLoopbackHost(this.#host)) {
      this.#ports.say(
        'warning',
        'telemetry_open',
        `Metrics at ${address} are readable by every machine that reaches it: the ids of the skills and how they are. Let a firewall admit only Prometheus, or set telemetry.prometheusHost back to 127.0.0.1.`,
      );
    }
    this.#toldOfTrouble = false;
  }

  #failed(server: Server, error: NodeJS.ErrnoException): void {
    if (this.#closed || server.listening) return;
    if (!this.#toldOfTrouble) {
      this.#toldOfTrouble = true;
      this.#ports.say(
        'warning',
        'telemetry_port',
        `Metrics cannot be offered on ${this.#host}, port ${this.#port}: ${reasonOf(error)}. Skillward tries again every ${RETRY_MS / 1000} s; another port is set with telemetry.prometheusPort.`,
      );
    }
    this.#retry = this.#ports.clock.after(RETRY_MS, () => this.open());
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusalOf(request);
    if (refusal === null) this.#answer(request, response);
    else
      response.writeHead(refusal, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end();
  }

  /** The status to refuse with, or null. */
  #refusalOf({ headers, method, url }: IncomingMessage): number | null {
    // A page of another site may not read along, by its own origin or by a name server that points its name here.
    if (headers.origin !== undefined) return 403;
    if (isLoopbackHost(this.#host) && !isLoopbackHost(hostNameOf(headers.host))) return 403;
    if ((url ?? '').split('?', 1)[0] !== '/metrics') return 404;
    return method === 'GET' ? null : 405;
  }
}

function hostNameOf(host = ''): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'another program has it';
  if (code === 'EACCES') return 'the system does not allow it';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'this machine has no such address';
  return message;
}
