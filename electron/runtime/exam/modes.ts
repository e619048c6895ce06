import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_MODE, FOLDER_MODE, restrict } from '../../storage/files.ts';
import type { Examination, Finding } from './finding.ts';

const what = 'access';
/** Folders of the host itself. What skills keep in `skills/<id>` is theirs. */
const ownFolders = ['.', 'logs', 'backups', 'skills', 'packages', 'environments', 'staging'];
const shownNames = 5;

/** State is its owner's alone (DESIGN.md section 10). Windows has no such modes. */
export function examineModes({ dataDir, repair }: Examination): readonly Finding[] {
  if (process.platform === 'win32') return [];
  const open = ownFolders.flatMap((folder) => openEntries(join(dataDir, folder)));
  if (open.length === 0) return [{ what, level: 'ok', message: 'nobody else can look into the data folder' }];
  const names = open.slice(0, shownNames).map(({ path }) => path);
  const more = open.length > shownNames ? ` and ${open.length - shownNames} more` : '';
  const list = `${names.join(', ')}${more}`;
  if (!repair) return [{ what, level: 'warning', message: `others can read ${list}` }];
  for (const { path, mode } of open) restrict(path, mode);
  return [{ what, level: 'repaired', message: `others could read ${list}; now only you can` }];
}

function openEntries(folder: string): { readonly path: string; readonly mode: number }[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  const own = isOpen(stats.mode) ? [{ path: folder, mode: FOLDER_MODE }] : [];
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .filter((path) => isOpen(statSync(path).mode));
  return [...own, ...files.map((path) => ({ path, mode: FILE_MODE }))];
}

function isOpen(mode: number): boolean {
  return (mode & 0o077) !== 0;
}
