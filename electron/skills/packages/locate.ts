import path from 'node:path';
import { listFolder, statOf } from '../catalog-files.ts';
import { readSkillFile, readSkillFolder } from '../catalog-read.ts';
import type { CatalogSkill } from '../catalog-skill.ts';

/** Where a skill lies: its folder, or the one file it is. `skill` may be broken. */
export interface LocatedSkill {
  /** Absolute. */
  readonly path: string;
  readonly isFile: boolean;
  readonly skill: CatalogSkill;
}

export type Located =
  | { readonly ok: true; readonly located: LocatedSkill }
  | { readonly ok: false; readonly message: string };

const NO_SKILL =
  'is no skill: it takes a folder with a manifest.toml, or a Python file with a [tool.skillward] table in its metadata';

/** Finds the skill at a path, reading and never executing. A folder around one single-file skill is that skill. */
export async function locateSkill(place: string): Promise<Located> {
  const stats = await statOf(place);
  const name = path.basename(place);
  if (stats === null) return { ok: false, message: `${name} does not exist` };
  if (stats instanceof Error) return { ok: false, message: `${name} cannot be read: ${stats.message}` };
  if (!stats.isDirectory()) {
    const skill = stats.isFile() && place.endsWith('.py') ? await readSkillFile(place) : null;
    return skill === null ? { ok: false, message: `${name} ${NO_SKILL}` } : found(place, true, skill);
  }
  const skill = await readSkillFolder(place);
  if (skill !== null) return found(place, false, skill);
  const inside = await singleFiles(place);
  const [only] = inside;
  if (only !== undefined && inside.length === 1) return { ok: true, located: only };
  const several = inside.length > 1 ? ` (it holds ${inside.length} single-file skills: choose one)` : '';
  return { ok: false, message: `${name} ${NO_SKILL}${several}` };
}

function found(place: string, isFile: boolean, skill: CatalogSkill): Located {
  return { ok: true, located: { path: place, isFile, skill } };
}

async function singleFiles(folder: string): Promise<LocatedSkill[]> {
  const listed = await listFolder(folder);
  if (listed instanceof Error) return [];
  const skills: LocatedSkill[] = [];
  for (const entry of listed.entries) {
    if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
    const file = path.join(folder, entry.name);
    const skill = await readSkillFile(file);
    if (skill !== null) skills.push({ path: file, isFile: true, skill });
  }
  return skills;
}
