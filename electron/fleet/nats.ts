import type * as Jetstream from '@nats-io/jetstream';
import type * as KeyValue from '@nats-io/kv';
import type * as Services from '@nats-io/services';
import type * as Core from '@nats-io/transport-node';

/** The broker's client, by its packages. */
export interface Nats {
  readonly core: typeof Core;
  readonly jetstream: typeof Jetstream;
  readonly kv: typeof KeyValue;
  readonly services: typeof Services;
}

let loaded: Nats | null = null;

/**
 * Reads the client, once. It is most of what the fleet costs a host at its start, and a host that is in no fleet has no
 * use for it: so it is read before the first connection and nowhere imported as a value.
 */
export async function loadNats(): Promise<Nats> {
  if (loaded !== null) return loaded;
  const [core, jetstream, kv, services] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
    import('@nats-io/kv'),
    import('@nats-io/services'),
  ]);
  loaded = { core, jetstream, kv, services };
  return loaded;
}

/** For whoever holds a connection, or an error of one. Throws where no connection was ever tried. */
export function nats(): Nats {
  if (loaded === null) throw new Error('the client of the broker is read before the first connection');
  return loaded;
}
