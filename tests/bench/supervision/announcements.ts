import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface Announcement {
  readonly name: string;
  readonly pid: number;
  /** By the kernel's monotonic clock, ms: when the child said it, not when it was read here. */
  readonly atMs: number;
}

/** Hears the children say that they are up. */
export class Announcements {
  readonly port: number;
  readonly #socket: Socket;
  readonly #newest = new Map<string, Announcement>();
  readonly #watchers = new Set<() => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = (socket.address() as AddressInfo).port;
    socket.on('message', (text) => {
      const [ns = '', pid = '', name = ''] = text.toString().split(' ');
      this.#newest.set(name, { name, pid: Number(pid), atMs: Number(BigInt(ns)) / 1e6 });
      for (const watcher of this.#watchers) watcher();
    });
  }

  static async open(): Promise<Announcements> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4_194_304 });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new Announcements(socket);
  }

  /** The newest announcement of every child. */
  all(): Announcement[] {
    return [...this.#newest.values()];
  }

  /** Resolves with the announcements made after `sinceMs` when there are `count` of them, each of another child. */
  since(sinceMs: number, count: number, timeoutMs: number, only?: string): Promise<Announcement[]> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.all().filter(
          ({ atMs, name }) => atMs > sinceMs && (only === undefined || only === name),
        );
        if (found.length >= count) settle(() => resolve(found));
      };
      const timer = setTimeout(() => {
        const there = this.all().filter(({ atMs }) => atMs > sinceMs).length;
        settle(() => reject(new Error(`only ${there} of ${count} children came up within ${timeoutMs} ms`)));
      }, timeoutMs);
      const settle = (how: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        how();
      };
      this.#watchers.add(look);
      look();
    });
  }

  forget(): void {
    this.#newest.clear();
  }

  close(): void {
    this.#socket.close();
  }
}
