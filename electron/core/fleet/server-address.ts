import { isLoopbackHost } from '../../../shared/model/loopback.ts';

/** The port brokers listen on unless told otherwise. */
const USUAL_PORT = 4222;
const ADDRESS = /^(?:(nats|tls):\/\/)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::(\d{1,5}))?\/?$/i;

/** Where a broker listens. */
export interface ServerAddress {
  /** As it is kept and shown: `tls://broker.example.org:4222`. */
  readonly url: string;
  /** Name or address, without brackets. */
  readonly host: string;
  readonly tls: boolean;
}

export type ReadAddress =
  | { readonly ok: true; readonly address: ServerAddress }
  /** One sentence with what to do. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the address of a broker. Without a scheme it is `tls://`. Plain `nats://` is for this machine alone: on any
 * network what a host says, and its password, would be there for everybody to read.
 */
export function readServerAddress(text: string): ReadAddress {
  const shown = text.trim().slice(0, 200);
  if (/^[a-z+]+:\/\/[^/]*@|^[^/]*@/i.test(shown)) {
    return refused(
      'An address of a broker holds no user name and no password: give them with --user, --token or --creds.',
    );
  }
  const [, scheme, host, port] = ADDRESS.exec(shown) ?? [];
  const portNumber = Number(port ?? USUAL_PORT);
  if (host === undefined || portNumber < 1 || portNumber > 65_535) {
    return refused(
      `"${shown}" is no address of a broker. Give it as tls://broker.example.org:4222, or nats://127.0.0.1:4222 on this machine.`,
    );
  }
  const tls = scheme?.toLowerCase() !== 'nats';
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (!tls && !isLoopbackHost(bare)) {
    return refused(
      `nats:// is not encrypted, so it is for this machine alone. Give the broker a certificate and its address as tls://${host}:${portNumber}.`,
    );
  }
  return {
    ok: true,
    address: { host: bare, url: `${tls ? 'tls' : 'nats'}://${host.toLowerCase()}:${portNumber}`, tls },
  };
}

/** The addresses of one broker cluster. A list of both kinds is refused: one of them would be without encryption. */
export function readServerAddresses(
  texts: readonly string[],
):
  | { readonly ok: true; readonly addresses: readonly ServerAddress[] }
  | { readonly ok: false; readonly problem: string } {
  const addresses: ServerAddress[] = [];
  for (const text of texts) {
    const read = readServerAddress(text);
    if (!read.ok) return read;
    if (!addresses.some(({ url }) => url === read.address.url)) addresses.push(read.address);
  }
  if (addresses.length === 0)
    return refused('No broker is named. Run `skillward fleet join` with its address.');
  if (new Set(addresses.map(({ tls }) => tls)).size > 1)
    return refused('Give every server as tls://, or every one as nats:// on this machine; not both.');
  return { ok: true, addresses };
}

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
