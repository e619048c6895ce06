import { LEFT_OUT_NAMES, MAX_STAGED_BYTES } from '../../../shared/model/package.ts';
import { formatBytes, formatCount } from '../../components/format.ts';

/** A file a person chose or dropped. */
export interface ChosenFile {
  /** From the chosen folder on, that folder's name first; a single file's name. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export type Chosen<Found extends ChosenFile> =
  | { readonly ok: true; readonly files: readonly Found[]; readonly bytes: number; readonly leftOut: number }
  | { readonly ok: false; readonly problem: string };

/** The most files a package that travels through the dashboard may have (the contract of `skill.stage`). */
export const MAX_STAGED_FILES = 200;
/** A browser hands over whole trees: past this many files nobody waits for the end. */
export const MAX_LOOKED_AT = 5000;

/** The host leaves the same out; here they would only use up the room there is. */
export function isLeftOut(name: string): boolean {
  return LEFT_OUT_NAMES.includes(name);
}

/** Which of the chosen files are handed over, or why they cannot be. Decides by names and sizes; reads nothing. */
export function choosePackage<Found extends ChosenFile>(found: readonly Found[]): Chosen<Found> {
  const files = found.filter(({ path }) => !path.split('/').some(isLeftOut));
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length === 0) return refused('There is no file of a skill in it.');
  const [only] = files;
  if (files.length === 1 && only !== undefined && !only.path.includes('/') && !/\.py$/i.test(only.path))
    return refused(`${only.path} is no Python file. Choose a .py file, or a folder with a manifest.toml.`);
  if (files.length > MAX_STAGED_FILES) {
    return refused(
      `It has ${formatCount(files.length)} files; at most ${MAX_STAGED_FILES} can be handed over here. ${ELSEWHERE}`,
    );
  }
  if (bytes > MAX_STAGED_BYTES) {
    return refused(
      `It is ${formatBytes(bytes)} large; at most ${formatBytes(MAX_STAGED_BYTES)} can be handed over here. ${ELSEWHERE}`,
    );
  }
  return { ok: true, files, bytes, leftOut: found.length - files.length };
}

const ELSEWHERE = 'A larger one is installed on the machine itself: skillward install <folder>.';

function refused(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
