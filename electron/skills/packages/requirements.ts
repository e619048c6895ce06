import path from 'node:path';
import { readText, statOf } from '../catalog-files.ts';
import type { CatalogSkill } from '../catalog-skill.ts';

const MAX_REQUIREMENTS_BYTES = 65_536;

/** What a skill needs besides Python itself, and where it says so. */
export interface Requirements {
  /** As written: PEP 508 lines of the script's own metadata, then the lines of `requirements.txt`. */
  readonly dependencies: readonly string[];
  /** Absolute; null when there is none. */
  readonly requirementsFile: string | null;
}

/**
 * The dependencies a skill declares: in its script's metadata (PEP 723), else in a `requirements.txt` of its folder.
 * A single-file skill shares its folder with others, so only its own metadata counts.
 */
export async function readRequirements(skill: CatalogSkill): Promise<Requirements> {
  const declared = skill.needs?.dependencies ?? [];
  const alone = skill.entryFile !== null && skill.entryFile === skill.manifestFile;
  if (declared.length > 0 || alone) return { dependencies: declared, requirementsFile: null };
  const file = path.join(skill.folder, 'requirements.txt');
  const stats = await statOf(file);
  if (stats === null || stats instanceof Error) return { dependencies: [], requirementsFile: null };
  const read = await readText(file, MAX_REQUIREMENTS_BYTES);
  if (read.kind !== 'text') return { dependencies: [], requirementsFile: null };
  const lines = read.text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  return { dependencies: lines, requirementsFile: lines.length === 0 ? null : file };
}
