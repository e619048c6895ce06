const KEY = 'skillward.token';
/** base64url: the alphabet of the host's token, and legal inside a WebSocket subprotocol name. */
const FORM = /^[A-Za-z0-9_-]{16,200}$/;

/** What a socket to the host is opened with: the protocol it must speak, and the token, which so stands in no address. */
export function socketProtocols(token: string): string[] {
  return ['skillward.v1', `token.${token}`];
}

export interface Address {
  readonly hash: string;
  readonly pathname: string;
  readonly search: string;
}
export interface AddressBar {
  replaceState(data: unknown, unused: string, url: string): void;
}
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * The host's token: from `#token=…` of the address the first time, which is then removed from the address so that it
 * is neither bookmarked nor shown; from the tab's own session storage after a reload. Null when there is none.
 */
export function readToken(address: Address, bar: AddressBar, keep: Keep): string | null {
  const found = /^#token=([^&]*)/.exec(address.hash)?.[1];
  if (found === undefined) return keep.getItem(KEY);
  bar.replaceState(null, '', `${address.pathname}${address.search}`);
  if (!FORM.test(found)) return keep.getItem(KEY);
  keep.setItem(KEY, found);
  return found;
}
