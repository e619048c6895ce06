import { MAX_STAGED_BYTES } from '../../../shared/model/package.ts';
import { foldedPath, isLeftOut, pathProblem } from './staged-path.ts';

/** Strictly base64 as browsers write it: no line breaks, no other alphabet, full padding. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface StagedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: Buffer;
}

export type StagedFiles =
  | { readonly ok: true; readonly files: readonly StagedFile[] }
  | { readonly ok: false; readonly message: string };

/**
 * Reads files that came through the dashboard: every byte of them is hostile. All or nothing. Nothing is written; what
 * is ok can be written below a folder without leaving it, on every system, each file in a place of its own.
 * A folder around everything, as browsers send it, is taken off.
 */
export function readStagedFiles(
  given: readonly { readonly path: string; readonly content: string }[],
): StagedFiles {
  const files: StagedFile[] = [];
  let total = 0;
  for (const { path, content } of given) {
    const problem = pathProblem(path);
    if (problem !== null) return refuse(path, problem);
    if (path.split('/').some(isLeftOut)) continue;
    if (!BASE64.test(content)) return refuse(path, 'is not base64');
    const bytes = Buffer.from(content, 'base64');
    total += bytes.length;
    if (total > MAX_STAGED_BYTES) {
      const limit = `${Math.floor(MAX_STAGED_BYTES / 1000)} kB`;
      return {
        ok: false,
        message: `the files are larger than ${limit} together: use skillward install on the machine itself`,
      };
    }
    files.push({ path, bytes });
  }
  if (files.length === 0) return { ok: false, message: 'there is no file of a skill among them' };
  const inside = withoutOuterFolder(files);
  const clash = clashOf(inside.map(({ path }) => path));
  return clash === null ? { ok: true, files: inside } : refuse(clash.path, clash.problem);
}

function withoutOuterFolder(files: readonly StagedFile[]): readonly StagedFile[] {
  const [first] = (files[0]?.path ?? '').split('/');
  const outer = `${first}/`;
  if (!files.every(({ path }) => path.startsWith(outer))) return files;
  return files.map(({ path, bytes }) => ({ path: path.slice(outer.length), bytes }));
}

/** Two files in one place, or a file where another needs a folder, seen as the least exact file system sees it. */
function clashOf(paths: readonly string[]): { readonly path: string; readonly problem: string } | null {
  const files = new Set<string>();
  const folders = new Map<string, string>();
  for (const path of paths) {
    const folded = foldedPath(path);
    if (files.has(folded)) return { path, problem: 'is there twice' };
    files.add(folded);
    const names = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= names.length; depth += 1) {
      const folder = names.slice(0, depth).join('/');
      const before = folders.get(foldedPath(folder));
      if (before !== undefined && before !== folder)
        return { path, problem: `lies in a folder that is also written ${before}` };
      folders.set(foldedPath(folder), folder);
    }
  }
  const both = paths.find((path) => folders.has(foldedPath(path)));
  return both === undefined ? null : { path: both, problem: 'is a file and a folder' };
}

function refuse(path: string, problem: string): StagedFiles {
  const shown = path.slice(0, 120).replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '?');
  return { ok: false, message: `"${shown}" ${problem}` };
}
