import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import {
  CONTRACT_VERSION,
  type CommandAnswer,
  CommandError,
  type CommandName,
  type CommandPayload,
  type ResponseEnvelope,
  responseEnvelopeSchema,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import { connectToHost } from '../hosts/common/connect-to-host.ts';

/** No host answers on the socket of this data folder. */
export class NoHostError extends Error {
  override readonly name = 'NoHostError';
}

/** One connection to a running host's control socket. */
export class HostClient {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, (response: ResponseEnvelope) => void>();
  readonly #closed: Promise<void>;
  #onEvent: (event: SequencedEvent) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => this.#read(line));
  }

  /** Throws `NoHostError` when nothing listens there. */
  static async connect(dataDir: string): Promise<HostClient> {
    const socket = await connectToHost(dataDir);
    if (socket === null) {
      throw new NoHostError(
        `No host is running for ${dataDir}. Start one: skillward serve --data-dir ${dataDir}`,
      );
    }
    return new HostClient(socket);
  }

  /** Sends one request and gives back the whole envelope. Throws `NoHostError` when the host goes away first. */
  async request(command: string, payload: unknown): Promise<ResponseEnvelope> {
    const requestId = randomUUID();
    const response = new Promise<ResponseEnvelope>((resolve) => this.#waiting.set(requestId, resolve));
    this.#socket.write(`${JSON.stringify({ v: CONTRACT_VERSION, requestId, command, payload })}\n`);
    return Promise.race([
      response,
      this.#closed.then(() => {
        throw new NoHostError('The host closed the connection before it answered.');
      }),
    ]);
  }

  /** Like `request`, but gives the answer's payload and throws `CommandError` when the host refuses. */
  async call<Name extends CommandName>(
    command: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandAnswer<Name>> {
    const { ok, payload: answer, error } = await this.request(command, payload);
    if (ok) return answer as CommandAnswer<Name>;
    throw new CommandError(
      error?.code ?? 'internal',
      error?.message ?? 'the host gave no reason',
      error?.details,
    );
  }

  /** Streams events until the host closes the connection. */
  async follow(onEvent: (event: SequencedEvent) => void): Promise<void> {
    await this.listen(onEvent);
    await this.#closed;
  }

  /** Resolves once events come; they go on beside requests of this connection. */
  async listen(onEvent: (event: SequencedEvent) => void): Promise<void> {
    this.#onEvent = onEvent;
    await this.call('events.subscribe', {});
  }

  /** Resolves when the host has closed the connection. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  close(): void {
    this.#socket.end();
  }

  #read(line: string): void {
    const message: unknown = JSON.parse(line);
    if (typeof message === 'object' && message !== null && 'event' in message) {
      this.#onEvent(message as SequencedEvent);
      return;
    }
    const response = responseEnvelopeSchema.parse(message);
    this.#waiting.get(response.requestId ?? '')?.(response);
    this.#waiting.delete(response.requestId ?? '');
  }
}
