import type { Skill } from '../../../shared/model/skill.ts';

export interface FolderInUse {
  readonly path: string;
  /** Skills found below it. */
  readonly skills: number;
  /** Listed in the settings, not only given when the host was started. */
  readonly configured: boolean;
}

/** The folders of the settings, then those skills come from although the settings do not name them (`--skills`). */
export function foldersInUse(
  configured: readonly string[],
  skills: readonly Pick<Skill, 'folder'>[],
): readonly FolderInUse[] {
  const counts = new Map(configured.map((path) => [path, 0]));
  for (const { folder } of skills) {
    const home = configured.find((path) => isInside(folder, path)) ?? parentOf(folder);
    counts.set(home, (counts.get(home) ?? 0) + 1);
  }
  return [...counts].map(([path, count]) => ({ path, skills: count, configured: configured.includes(path) }));
}

function isInside(folder: string, parent: string): boolean {
  const bare = parent.replace(/[\\/]+$/, '');
  return folder === bare || folder.startsWith(`${bare}/`) || folder.startsWith(`${bare}\\`);
}

function parentOf(folder: string): string {
  const bare = folder.replace(/[\\/]+$/, '');
  const cut = Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\'));
  return cut <= 0 ? folder : bare.slice(0, cut);
}
