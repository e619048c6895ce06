import type { FleetHost } from '../../../shared/model/fleet.ts';
import { callingOn } from '../../components/fleet/host-words.ts';

export type FleetShow = 'attention' | 'unknown' | 'well';

/** Which chip a host stands under. */
export function standingOf(host: FleetHost): FleetShow {
  if (host.state === 'unknown') return 'unknown';
  return callingOn(host) > 0 ? 'attention' : 'well';
}

export interface FleetFilter {
  readonly show?: FleetShow | undefined;
  readonly q?: string | undefined;
  /** `key=value`; of several with one key, any will do. */
  readonly labels?: readonly string[] | undefined;
}

/** Whether a host passes: its chip, every word in its name, id, version or labels, and a label of every key asked for. */
export function passesFleet(host: FleetHost, { show, q = '', labels = [] }: FleetFilter): boolean {
  if (show !== undefined && standingOf(host) !== show) return false;
  const own = labelsOf(host);
  const text = `${host.name} ${host.hostId} ${host.version} ${host.platform} ${own.join(' ')}`.toLowerCase();
  if (
    !q
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean)
      .every((word) => text.includes(word))
  )
    return false;
  const keys = new Set(labels.map(keyOf));
  return [...keys].every((key) => labels.some((label) => keyOf(label) === key && own.includes(label)));
}

/** `key=value` of every label, by key. */
export function labelsOf({ labels }: Pick<FleetHost, 'labels'>): string[] {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
}

function keyOf(label: string): string {
  return label.split('=', 1)[0] ?? '';
}

/** How things are in one sentence for the heading. */
export function fleetSentence(hosts: readonly FleetHost[]): {
  readonly title: string;
  readonly aside: string | null;
} {
  const count = (show: FleetShow) => hosts.filter((host) => standingOf(host) === show).length;
  const [calling, unknown] = [count('attention'), count('unknown')];
  const of = `of ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`;
  if (calling > 0) {
    const title = `${calling} ${of} ${calling === 1 ? 'needs' : 'need'} attention`;
    return { title, aside: unknown > 0 ? `${unknown} unknown` : null };
  }
  if (unknown > 0) return { title: `${unknown} ${of} ${unknown === 1 ? 'is' : 'are'} unknown`, aside: null };
  return {
    title:
      hosts.length === 1
        ? 'Nothing needs attention here'
        : `Nothing needs attention on ${hosts.length} hosts`,
    aside: null,
  };
}
