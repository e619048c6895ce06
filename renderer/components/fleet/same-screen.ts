const lists = ['/incidents', '/fixes', '/scheduler', '/logs', '/settings'] as const;
type ListPath = (typeof lists)[number] | '/';

/** The screen to stay on when the host changes: what is open on it, a skill or an incident, is the other host's own. */
export function sameScreen(path: string): ListPath {
  return lists.find((one) => path === one || path.startsWith(`${one}/`)) ?? '/';
}
