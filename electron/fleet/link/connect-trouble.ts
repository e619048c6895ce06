import type { AppConfig } from '../../../shared/model/config.ts';
import type { LinkTrouble } from '../../core/fleet/link-state.ts';
import { nats } from '../nats.ts';
import { readCreds } from './creds.ts';

/** Why there is no connection, as far as it can be told. */
export interface ConnectTrouble {
  readonly trouble: Exclude<LinkTrouble, 'duplicate'>;
  readonly problem: string;
}

export interface TroubleFacts {
  readonly server: string;
  readonly auth: AppConfig['fleet']['auth'];
  readonly hasCa: boolean;
  readonly secret: string | null;
  readonly nowMs: number;
}

/** What went wrong with the certificate, by the codes of OpenSSL and Node. */
const certificateTroubles: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired. Whoever runs the broker has to renew it',
  CERT_NOT_YET_VALID: "is not valid yet. Look at the clocks of this machine and of the broker's",
  ERR_TLS_CERT_ALTNAME_INVALID:
    'is for another name. Join with a name or address of the broker that stands in it',
};
/** Codes that say: not signed by anybody this machine believes. */
const UNKNOWN_AUTHORITY =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_(SIGNATURE_FAILURE|UNTRUSTED|REJECTED)|INVALID_CA)$/;

/** One sentence on what went wrong and what to do, and whether a person has to do it (`refused`) or only time (`waiting`). */
export function troubleOf(error: unknown, facts: TroubleFacts): ConnectTrouble {
  const { server } = facts;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (
    error instanceof nats().core.errors.UserAuthenticationExpiredError ||
    /authentication expired/i.test(message)
  ) {
    return refused(`The credential of this host has expired. Get a new one and join again (${server}).`);
  }
  if (error instanceof nats().core.errors.AuthorizationError) return refused(authSentence(facts));
  const certificate = code === null ? undefined : certificateTroubles[code];
  if (certificate !== undefined) return refused(`The certificate of ${server} ${certificate}.`);
  if (code !== null && UNKNOWN_AUTHORITY.test(code)) {
    return refused(
      facts.hasCa
        ? `The certificate of ${server} is not signed by the authority of the file given with --ca. Join again with the right one.`
        : `The certificate of ${server} is not signed by an authority this machine knows. Join again with --ca and its certificate.`,
    );
  }
  if (/does not support 'tls'/.test(message)) {
    return refused(
      `${server} does not encrypt (TLS), so nothing was said to it. Give the broker a certificate, or look whether this is the right port.`,
    );
  }
  if (code?.startsWith('ERR_SSL') === true) {
    return refused(
      `${server} and this host agree on no encryption (${code}). Look at the tls section of the broker's configuration; a certificate of the client cannot be given.`,
    );
  }
  const why =
    code ??
    (error instanceof nats().core.errors.TimeoutError ? 'no answer in time' : message || 'it hung up');
  return {
    trouble: 'waiting',
    problem: `The broker at ${server} cannot be reached (${why}). Everything here goes on; it is tried again.`,
  };
}

/** The connection was up and is gone. */
export function lostTrouble(error: unknown, facts: TroubleFacts): ConnectTrouble {
  if (error instanceof Error && /auth/i.test(error.constructor.name + error.message))
    return troubleOf(error, facts);
  return {
    trouble: 'waiting',
    problem: `The connection to the broker at ${facts.server} is lost. Everything here goes on; it is tried again.`,
  };
}

function authSentence({ auth, nowMs, secret, server }: TroubleFacts): string {
  switch (auth) {
    case 'none':
      return `${server} asks for a credential. Join again with --user, --token or --creds.`;
    case 'password':
      return `${server} does not accept this user and password. Join again with the right ones.`;
    case 'token':
      return `${server} does not accept this token. Join again with the right one.`;
    case 'creds': {
      const read = secret === null ? null : readCreds(secret);
      const expired = read?.ok === true && read.expiresAt !== null && read.expiresAt <= nowMs;
      return expired
        ? `The credential of this host has expired. Get a new creds file and join again (${server}).`
        : `${server} does not accept this creds file. Get a new one and join again.`;
    }
  }
}

function refused(problem: string): ConnectTrouble {
  return { trouble: 'refused', problem };
}

/** The first code along the chain of causes. */
function codeOf(error: unknown): string | null {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at.cause;
  }
  return null;
}
