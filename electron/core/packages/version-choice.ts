import type { PackageVersion } from '../../../shared/model/package.ts';

type Version = Pick<PackageVersion, 'versionId' | 'installedAt' | 'healthyAt' | 'current'>;

/** What a rollback goes to: `wanted`, else the newest version before the current one that was healthy; null for none. */
export function rollbackTarget<V extends Version>(versions: readonly V[], wanted?: string): V | null {
  const others = versions.filter(({ current }) => !current);
  if (wanted !== undefined) return others.find(({ versionId }) => versionId === wanted) ?? null;
  const current = versions.find((version) => version.current);
  const earlier = others.filter(
    ({ healthyAt, installedAt }) => healthyAt !== null && installedAt < (current?.installedAt ?? Infinity),
  );
  return newestFirst(earlier)[0] ?? null;
}

/**
 * Which versions go so that at most `keep` (1 and up) are left: the oldest, but neither the current one nor what a
 * rollback would go to.
 */
export function versionsToDrop<V extends Version>(versions: readonly V[], keep: number): readonly V[] {
  const target = rollbackTarget(versions);
  const kept = versions.filter((version) => version.current || version === target);
  const others = newestFirst(versions.filter((version) => !kept.includes(version)));
  return others.slice(Math.max(0, keep - kept.length));
}

/** Versions as a list shows them. Those of one moment keep a stable order. */
export function newestFirst<V extends Version>(versions: readonly V[]): V[] {
  return [...versions].sort((a, b) => b.installedAt - a.installedAt || (a.versionId < b.versionId ? 1 : -1));
}
