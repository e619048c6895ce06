import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@nats-io/transport-node';
import type { AppConfig } from '../../../shared/model/config.ts';
import { readServerAddresses } from '../../core/fleet/server-address.ts';
import { nats } from '../nats.ts';

/** How long a broker has for greeting, encryption and letting in, ms. */
const CONNECT_TIMEOUT_MS = 4000;
/** A connection that says nothing is asked this often, and given up after two that were not answered, ms. */
const PING_GAP_MS = 5000;
const MOST_UNANSWERED_PINGS = 2;
/** A file of certificates of authorities is a few kilobytes; the largest bundles have a quarter of this. Bytes. */
const MAX_CA_BYTES = 1_048_576;

export type ConnectPlan =
  | {
      readonly ok: true;
      /** One per server, in the order they are tried. */
      readonly servers: readonly { readonly url: string; readonly options: ConnectionOptions }[];
    }
  | { readonly ok: false; readonly problem: string };

type FleetConfig = AppConfig['fleet'];

/** What the client is told, or one sentence on why it cannot be told anything. Reads the CA file each time: it may be renewed. */
export function connectPlan(config: FleetConfig, secret: string | null, hostId: string): ConnectPlan {
  const read = readServerAddresses(config.servers);
  if (!read.ok) return read;
  const auth = authOptions(config, secret);
  if ('problem' in auth) return { ok: false, problem: auth.problem };
  const ca = readCa(config.caFile);
  if (!ca.ok) return ca;
  // `host` reaches Node's TLS: the client names a server for it only by name, and Node would take a certificate of
  // `localhost` for any server that is called by its address.
  const tls = ca.pem === null ? {} : { ca: ca.pem };
  const common: ConnectionOptions = {
    name: `skillward ${hostId}`,
    // Answers come to a place of this host's own, so that a broker can keep those of others from it (docs/fleet.md).
    inboxPrefix: `_INBOX.${hostId}`,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_GAP_MS,
    maxPingOut: MOST_UNANSWERED_PINGS,
    // Who tries again, and when, is decided here and nowhere else (core/fleet/link-state.ts).
    reconnect: false,
    ignoreClusterUpdates: true,
    ...auth,
  };
  return {
    ok: true,
    servers: read.addresses.map(({ host, url, tls: encrypted }) => ({
      url,
      options: {
        ...common,
        servers: url.slice(url.indexOf('//') + 2),
        // An object, even an empty one, makes the client refuse a server without TLS before it says who it is.
        ...(encrypted ? { tls: { ...tls, host } } : {}),
      },
    })),
  };
}

function authOptions(
  config: FleetConfig,
  secret: string | null,
): ConnectionOptions | { readonly problem: string } {
  if (config.auth === 'none') return {};
  if (secret === null) {
    return {
      problem:
        'The credential for the broker cannot be read any more. Join again: skillward fleet join, with --user, --token or --creds.',
    };
  }
  switch (config.auth) {
    case 'password':
      return { user: config.user, pass: secret };
    case 'token':
      return { token: secret };
    case 'creds':
      return { authenticator: nats().core.credsAuthenticator(new TextEncoder().encode(secret)) };
  }
}

function readCa(
  file: string,
): { readonly ok: true; readonly pem: string | null } | { readonly ok: false; readonly problem: string } {
  if (file === '') return { ok: true, pem: null };
  try {
    const pem = readFileSync(file);
    if (pem.length <= MAX_CA_BYTES && pem.includes('-----BEGIN CERTIFICATE-----'))
      return { ok: true, pem: pem.toString('utf8') };
    return {
      ok: false,
      problem: `${file} holds no certificate in PEM form. Join again with --ca and the file of the authority that signed the broker's certificate.`,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: `The certificate of the authority cannot be read (${why}). Put it back, or join again with --ca.`,
    };
  }
}
