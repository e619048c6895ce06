import { shownHostId } from '../state/shown-host.ts';

/** The address of a route of the host that is shown, for plain links outside the router. */
export function hrefOf(route: string): string {
  const host = shownHostId();
  if (host === null) return `#${route}`;
  // Quoted as the router does it: an id of digits alone must not be read as a number.
  return `#${route}${route.includes('?') ? '&' : '?'}host=${encodeURIComponent(JSON.stringify(host))}`;
}
