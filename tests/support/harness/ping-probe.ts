import type { TestHost } from '../host-process.ts';
import type { SocketClient } from '../socket-client.ts';

const gapMs = 50;

/** Asks the host again and again whether it is there, as a dashboard would, and keeps the slowest answer. */
export class PingProbe {
  #client: SocketClient;
  #worstMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #sentAtMs: number | null = null;

  private constructor(client: SocketClient) {
    this.#client = client;
  }

  /** Returns when the host has answered for the first time. */
  static async start(host: TestHost): Promise<PingProbe> {
    const probe = new PingProbe(await host.connect());
    await probe.#client.call('host.ping');
    probe.#ask();
    return probe;
  }

  /** An answer that is still missing counts as slow as it is by now. */
  get worstMs(): number {
    const waitingMs = this.#sentAtMs === null ? 0 : performance.now() - this.#sentAtMs;
    return Math.max(this.#worstMs, waitingMs);
  }

  /** Goes on with another host. */
  async move(host: TestHost): Promise<void> {
    this.stop();
    this.#client = await host.connect();
    this.#ask();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#sentAtMs = null;
    this.#client.close();
  }

  #ask(): void {
    const client = this.#client;
    const sentAtMs = performance.now();
    this.#sentAtMs = sentAtMs;
    void client.request('host.ping').then(() => {
      if (client !== this.#client || this.#sentAtMs === null) return;
      this.#worstMs = Math.max(this.#worstMs, performance.now() - sentAtMs);
      this.#sentAtMs = null;
      this.#timer = setTimeout(() => this.#ask(), gapMs);
    });
  }
}
