import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newSkillFiles, type SkillKind } from './templates.ts';

const idPattern = /^[a-z0-9_-]{1,64}$/;

export type NewSkill =
  | { readonly ok: true; readonly folder: string; readonly files: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Writes a new skill into a folder of its own below `parent`. A folder that is there already is never written into. */
export async function newSkill(id: string, kind: SkillKind, parent: string): Promise<NewSkill> {
  if (!idPattern.test(id)) {
    return {
      ok: false,
      message: 'An id has lowercase letters, digits, - and _ only, 64 at most: for example disk-space.',
    };
  }
  const folder = path.join(parent, id);
  const files = newSkillFiles(id, kind);
  try {
    await mkdir(parent, { recursive: true });
    await mkdir(folder);
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(folder, name), text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return {
      ok: false,
      message:
        code === 'EEXIST'
          ? `${folder} is there already: choose another id.`
          : `${folder} cannot be written: ${message}`,
    };
  }
  return { ok: true, folder, files: Object.keys(files) };
}
