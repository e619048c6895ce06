import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { unpackJson } from '../../electron/fleet/packing.ts';
import type { Envelope } from './socket-client.ts';

/** More than any answer of a test host. */
const MAX_ANSWER_BYTES = 16 * 1_048_576;
const ANSWER_TIMEOUT_MS = 10_000;

/** Somebody at the broker who speaks to hosts without being one: the tests ask from outside, with whatever bytes they like. */
export class FleetPeer {
  readonly connection: NatsConnection;
  readonly #hostId: string;
  #last = 0;

  private constructor(connection: NatsConnection, hostId: string) {
    this.connection = connection;
    this.#hostId = hostId;
  }

  static async connect(
    url: string,
    hostId = 'tester',
    options: Parameters<typeof connect>[0] = {},
  ): Promise<FleetPeer> {
    return new FleetPeer(await connect({ servers: url, reconnect: false, ...options }), hostId);
  }

  /** Sends a request envelope to a host and gives back its answer. The same `requestId` is the same order. */
  ask(
    hostId: string,
    subject: 'view' | 'operate' | 'snapshot',
    command: string,
    payload: unknown = {},
    requestId = `p${++this.#last}`,
  ): Promise<Envelope> {
    return this.send(hostId, subject, JSON.stringify({ v: 1, requestId, command, payload }));
  }

  /** Sends bytes as they are, with the headers of a host unless told otherwise. */
  async send(
    hostId: string,
    subject: string,
    bytes: Uint8Array | string,
    from: Readonly<Record<string, string>> = {
      'Skillward-From': this.#hostId,
      'Skillward-From-Name': 'the tester',
    },
  ): Promise<Envelope> {
    const said = headers();
    for (const [name, value] of Object.entries(from)) said.set(name, value);
    const { data } = await this.connection.request(`skillward.${hostId}.${subject}`, bytes, {
      timeout: ANSWER_TIMEOUT_MS,
      headers: said,
    });
    return (await unpackJson(data, MAX_ANSWER_BYTES)) as Envelope;
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
