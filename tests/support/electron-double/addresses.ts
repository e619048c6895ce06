/** Chromium knows no scheme of ours, so each `scheme://host` is served under an https host that exists nowhere. */
const SUFFIX = '.electron-double.test';

/** `skillward-app://dashboard/x` → `https://dashboard.skillward-app.electron-double.test/x`; others stay. */
export function toChromium(address: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/.exec(address);
  if (match === null) return address;
  const [, scheme = '', host = '', rest = ''] = match;
  return schemes.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${rest}` : address;
}

/** The way back, also for an address inside `blob:`. */
export function fromChromium(address: string): string {
  return address.replace(
    /^(blob:)?https:\/\/([^/?#]*?)\.([a-z][a-z0-9+-]*)\.electron-double\.test/,
    (_all, blob: string | undefined, host: string, scheme: string) => `${blob ?? ''}${scheme}://${host}`,
  );
}

/** The origin as Electron tells it; `null` for what has none. */
export function originOf(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/.exec(fromChromium(address));
  return match?.[1] ?? 'null';
}
