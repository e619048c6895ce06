import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { isLive } from '../host-process.ts';

interface Member {
  readonly role: string;
  readonly pid: number;
  /** The skill it belongs to; empty for one that does not know. */
  readonly skillId: string;
  readonly arrivedAtMs: number;
  readonly socket: Socket;
  ended: boolean;
}

/**
 * Proof of life and death without sleeping and without asking about pids: every process under test connects here and
 * the kernel closes the connection when it dies, however it dies.
 */
export class Liveness {
  readonly #server: Server;
  readonly #members: Member[] = [];
  readonly #overlaps: string[] = [];
  readonly #watchers = new Set<() => void>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#welcome(socket));
  }

  static async open(): Promise<Liveness> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Liveness(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Pids of the living, of one role or of all, of one skill or of all. */
  living(role?: string, skillId?: string): readonly number[] {
    return this.#of(role).flatMap((member) =>
      member.ended || (skillId !== undefined && skillId !== member.skillId) ? [] : [member.pid],
    );
  }

  /** Every time a process arrived while another of the same role and skill still lived. */
  get overlaps(): readonly string[] {
    return this.#overlaps;
  }

  /** When the processes of a role arrived, in order, ms on this process's own clock. */
  arrivals(role: string): readonly number[] {
    return this.#of(role).map((member) => member.arrivedAtMs);
  }

  /** How many processes of this role there ever were. */
  seen(role?: string): number {
    return this.#of(role).length;
  }

  /** Waits until `count` processes of the role have ever connected; answers the pid of the last. */
  async arrived(role: string, count = 1): Promise<number> {
    await this.#until(() => this.seen(role) >= count, `${count} × ${role} to arrive`);
    return this.#of(role)[count - 1]?.pid ?? -1;
  }

  /** Waits until exactly so many of the role live: what the host has said may be read before what the kernel has. */
  async settled(role: string, count: number): Promise<void> {
    await this.#until(() => this.living(role).length === count, `${count} × ${role} to live`);
  }

  /** Waits until nobody of the role lives; of any role where none is given. */
  async died(role?: string): Promise<void> {
    await this.#until(() => this.living(role).length === 0, `${role ?? 'everybody'} to die`);
  }

  async close(): Promise<void> {
    for (const { socket } of this.#members) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #of(role: string | undefined): readonly Member[] {
    return role === undefined ? this.#members : this.#members.filter((member) => member.role === role);
  }

  #welcome(socket: Socket): void {
    let said = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [role, pid, skillId = ''] = said.trim().split(' ');
      if (!said.endsWith('\n') || role === undefined || pid === undefined) return;
      const arrivedAtMs = performance.now();
      const member: Member = { role, pid: Number(pid), skillId, arrivedAtMs, socket, ended: false };
      this.#noteOverlap(member);
      this.#members.push(member);
      socket.once('close', () => {
        member.ended = true;
        this.#changed();
      });
      this.#changed();
    });
  }

  /** The end of an earlier one may not have been read yet: the process table decides. */
  #noteOverlap({ role, pid, skillId }: Member): void {
    const other = this.#of(role).find((member) => member.skillId === skillId && isLive(member.pid));
    if (other !== undefined) this.#overlaps.push(`${role} of ${skillId}: ${other.pid} and ${pid}`);
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #until(met: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const failAfterMs = 25_000;
      const timer = setTimeout(() => finish(new Error(`waited in vain for ${what}`)), failAfterMs);
      const look = () => {
        if (met()) finish(null);
      };
      const finish = (error: Error | null) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        if (error === null) resolve();
        else reject(error);
      };
      this.#watchers.add(look);
      look();
    });
  }
}
