import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { CatalogSkill } from '../skills/catalog.ts';

/** How a skill's files and its Python environment look, so that two looks can be compared. */
export const skillMarksSchema = z.object({
  /** By name relative to the skill's folder: when it was last written, and its size. */
  files: z.record(z.string(), z.string()),
  environment: z.string(),
});
export type SkillMarks = z.infer<typeof skillMarksSchema>;

/** What people edit. What skills write themselves (JSON, databases, logs) must not look like an edit. */
const EDITED = /(\.(py|toml|ini|cfg|ya?ml)|^\.env|^requirements.*\.txt)$/i;
const NOT_LOOKED_INTO = /^(\.|__pycache__$|node_modules$)/;
/** Looks at one folder and the folders in it, at most so many entries: a few milliseconds. */
const MAX_ENTRIES = 300;

/** Looks at a skill's files. What cannot be read is left out, a skill that is gone has none. */
export function readSkillMarks(skill: CatalogSkill): SkillMarks {
  const { folder, entryFile, manifestFile } = skill;
  // A single-file skill shares its folder with others: only its own script counts.
  const alone = entryFile !== null && entryFile === manifestFile;
  const paths = alone ? [entryFile] : editedFiles(folder);
  const files: Record<string, string> = {};
  for (const path of paths) {
    const mark = markOf(path);
    if (mark !== null) files[relative(folder, path)] = mark;
  }
  return { files, environment: alone ? '' : environmentOf(folder) };
}

/** The names that were written, added or removed between two looks, sorted. */
export function changedFiles(before: SkillMarks, after: SkillMarks): string[] {
  const names = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  return [...names].filter((name) => before.files[name] !== after.files[name]).sort();
}

function editedFiles(folder: string): string[] {
  const found: string[] = [];
  let left = MAX_ENTRIES;
  const look = (at: string, deep: boolean): void => {
    for (const entry of entriesOf(at)) {
      left -= 1;
      if (left < 0) return;
      const path = join(at, entry.name);
      if (entry.isFile() && EDITED.test(entry.name)) found.push(path);
      else if (deep && entry.isDirectory() && !NOT_LOOKED_INTO.test(entry.name)) look(path, false);
    }
  };
  look(folder, true);
  return found;
}

/** Installing or removing a package touches the folder the packages lie in. */
function environmentOf(folder: string): string {
  const venv = join(folder, '.venv');
  const marks = [markOf(join(venv, 'pyvenv.cfg'))];
  const lib = join(venv, 'lib');
  for (const entry of entriesOf(lib)) marks.push(markOf(join(lib, entry.name, 'site-packages')));
  marks.push(markOf(join(venv, 'Lib', 'site-packages')));
  return marks.filter((mark) => mark !== null).join(' ');
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function markOf(path: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return null;
  }
}
