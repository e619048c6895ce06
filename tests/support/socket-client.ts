import { createConnection, type Socket } from 'node:net';
import type { Skill } from '../../shared/model/skill.ts';

/** What a host answers and publishes, read without the product's own code: the tests look from outside. */
export interface Envelope {
  readonly v: number;
  readonly requestId: string | null;
  readonly ok: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests, whatever they are
  readonly payload: any;
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown } | null;
}
export interface EventLine {
  readonly v: number;
  readonly seq: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly payload: any;
}

/** A bare client of the control socket: lines in, lines out. */
export class SocketClient {
  readonly socket: Socket;
  readonly events: EventLine[] = [];
  readonly #waiting = new Map<string, (envelope: Envelope) => void>();
  readonly #watchers = new Set<() => void>();
  readonly #stray: Envelope[] = [];
  #rest = '';
  #last = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#wake());
  }

  static connect(path: string): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(path);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new SocketClient(socket)));
    });
  }

  /** Sends a request and gives back its whole envelope. */
  request(command: string, payload: unknown = {}): Promise<Envelope> {
    this.#last += 1;
    const requestId = `t${this.#last}`;
    const answer = new Promise<Envelope>((resolve) => this.#waiting.set(requestId, resolve));
    this.socket.write(`${JSON.stringify({ v: 1, requestId, command, payload })}\n`);
    return answer;
  }

  /** Sends a request and gives back its payload; a refusal throws with its code. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async call(command: string, payload: unknown = {}): Promise<any> {
    const envelope = await this.request(command, payload);
    if (!envelope.ok) throw new Error(`${command}: ${envelope.error?.code}: ${envelope.error?.message}`);
    return envelope.payload;
  }

  /** The next answer that no request of this client waits for (`requestId: null`). */
  async stray(): Promise<Envelope> {
    return this.until(() => this.#stray.shift());
  }

  /** Resolves with the first event, past or to come, that `test` accepts. Events must have been subscribed to. */
  event(
    name: string,
    test: (payload: EventLine['payload']) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<EventLine> {
    return this.until(() => this.events.find((line) => line.event === name && test(line.payload)), timeoutMs);
  }

  /** The skill as it is once `test` holds: now, or after the next change that makes it so. What was before counts for nothing. */
  async skill(skillId: string, test: (skill: Skill) => boolean, timeoutMs = 15_000): Promise<Skill> {
    const heard = this.events.length;
    const { skills } = (await this.call('skill.list')) as { skills: Skill[] };
    const now = skills.find((skill) => skill.id === skillId);
    if (now !== undefined && test(now)) return now;
    const isChange = ({ event, payload }: EventLine) =>
      event === 'skill.changed' && payload.skill?.id === skillId && test(payload.skill);
    const change = await this.until(() => this.events.slice(heard).find(isChange), timeoutMs);
    return change.payload.skill;
  }

  /** Looks again whenever something arrives, until `look` finds something; fails after `timeoutMs`. */
  until<T>(look: () => T | undefined, timeoutMs = 15_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error('nothing of the kind arrived in time'))),
        timeoutMs,
      );
      const watcher = () => {
        const found = look();
        if (found !== undefined) settle(() => resolve(found));
      };
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        how();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  close(): void {
    this.socket.destroy();
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as Envelope | EventLine;
      if ('event' in message) this.events.push(message);
      else if (message.requestId !== null && this.#waiting.has(message.requestId)) {
        this.#waiting.get(message.requestId)?.(message);
        this.#waiting.delete(message.requestId);
      } else this.#stray.push(message);
    }
    this.#wake();
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}
