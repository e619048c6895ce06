import type { FleetHost } from '../../../shared/model/fleet.ts';
import type { DisplayState } from '../display-state.ts';
import { formatDuration } from '../format.ts';

/** A clock that differs by more than this is worth saying, ms. */
const SKEW_MS = 5000;

/** How many skills of a host call for a person, as it last said. */
export function callingOn({ counts }: Pick<FleetHost, 'counts'>): number {
  return counts === null ? 0 : counts.failing + counts.quarantined;
}

/** A host by shape and word. One that is not heard from is unknown, whatever it said last; never healthy. */
export function hostState(host: FleetHost): DisplayState {
  if (host.state === 'unknown') return { state: 'none', word: 'Unknown' };
  const { counts } = host;
  if (counts === null) return { state: 'none', word: 'No figures yet' };
  if (counts.failing > 0)
    return { state: 'bad', word: `${callingOn(host)} ${callingOn(host) === 1 ? 'needs' : 'need'} attention` };
  if (counts.quarantined > 0) return { state: 'quar', word: `${counts.quarantined} quarantined` };
  if (counts.degraded > 0) return { state: 'warn', word: `${counts.degraded} degraded` };
  if (counts.skills === 0) return { state: 'off', word: 'No skills' };
  if (counts.healthy === 0) return { state: 'off', word: 'None in service' };
  return { state: 'ok', word: 'Well' };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** From so many skills that need attention on, a host counts as worse than one with fewer. */
const WORSE_FROM = [2, 5, 10, 20, 50, 100];

/**
 * Those with skills that need attention first, the most of them first; then the unknown ones; then by name. By and large:
 * a row must not jump because of one skill more or less.
 */
export function inFleetOrder(hosts: readonly FleetHost[]): FleetHost[] {
  return hosts.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (rankOf(a) === 0 ? gravityOf(b) - gravityOf(a) : 0) ||
      collator.compare(a.name, b.name) ||
      collator.compare(a.hostId, b.hostId),
  );
}

function gravityOf(host: FleetHost): number {
  return WORSE_FROM.filter((from) => callingOn(host) >= from).length;
}

function rankOf(host: FleetHost): number {
  if (host.state === 'unknown') return 1;
  return callingOn(host) > 0 ? 0 : 2;
}

/** What to say about a host's clock, or null while it is right enough. */
export function skewWords({ clockSkewMs }: Pick<FleetHost, 'clockSkewMs'>): string | null {
  if (clockSkewMs === null || Math.abs(clockSkewMs) <= SKEW_MS) return null;
  const secs = Math.round(Math.abs(clockSkewMs) / 1000);
  return `Clock ${formatDuration(secs * 1000)} ${clockSkewMs > 0 ? 'ahead' : 'behind'}`;
}

/** The version most hosts run, or null while they all run the same. Ties go to the one that sorts last: the newer. */
export function usualVersion(hosts: readonly Pick<FleetHost, 'version'>[]): string | null {
  const counts = new Map<string, number>();
  for (const { version } of hosts) counts.set(version, (counts.get(version) ?? 0) + 1);
  if (counts.size < 2) return null;
  const [first] = [...counts].sort(([a, many], [b, more]) => more - many || collator.compare(b, a));
  return first?.[0] ?? null;
}
