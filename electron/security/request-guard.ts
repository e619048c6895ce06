import { timingSafeEqual } from 'node:crypto';

/** What of an HTTP request decides whether it is ours. */
export interface RequestFacts {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly remoteAddress: string | undefined;
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Refuses what does not come from this machine's own page: another address, a `Host` that a rebinding name server
 * made up, an `Origin` of another site. A program without an origin passes here; the token still stands before it.
 * Returns the reason, or null when the request may pass.
 */
export function refusalOf(request: RequestFacts, port: number): string | null {
  if (request.remoteAddress === undefined || !loopback.has(request.remoteAddress))
    return 'only this machine may connect';
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (request.host === undefined || !ours.includes(request.host)) return 'wrong Host header';
  if (request.origin !== undefined && !ours.some((host) => request.origin === `http://${host}`))
    return 'wrong Origin header';
  return null;
}

/** Compares in constant time, whatever the lengths. */
export function tokensMatch(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  // Equal lengths are needed by timingSafeEqual; the length of our token is no secret.
  return a.length === b.length && timingSafeEqual(a, b);
}
