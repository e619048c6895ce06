import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Broken } from '../../shared/model/skill.ts';
import { isFileError, listFolder, maxEntries, reasonOf, statOf } from './catalog-files.ts';
import { readInstalled } from './catalog-installed.ts';
import { differs, keepSome } from './catalog-keep.ts';
import { asBroken, readSkillFile, readSkillFolder } from './catalog-read.ts';
import type { CatalogSkill, FolderProblem, InstalledPlace } from './catalog-skill.ts';

export type { CatalogSkill, FolderProblem } from './catalog-skill.ts';

/** What a reload found, as ids. `broken` is every skill broken now, new or not. */
export interface CatalogChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly broken: readonly { readonly id: string; readonly broken: Broken }[];
}

/** How many skills are read at the same time: enough to hide a slow disk, few enough for any file limit. */
const readsAtOnce = 8;
const maxIdLength = 64;

/**
 * The skills Skillward installed, and those lying in one or more folders: one folder per skill with a `manifest.toml`, or
 * single `.py` files with `[tool.skillward]` in their PEP 723 block (DESIGN.md section 5). Reads and never executes; looks
 * only when told to.
 */
export class Catalog {
  #folders: readonly string[];
  #skills: ReadonlyMap<string, CatalogSkill> = new Map();
  #problems: readonly FolderProblem[] = [];
  readonly #installed: () => readonly InstalledPlace[];
  /** What the disk has of skills that are kept as they were; null where it has nothing any more. */
  #waiting: ReadonlyMap<string, CatalogSkill | null> = new Map();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param installed asked at each reload; these skills get their ids first */
  constructor(folders: readonly string[], installed: () => readonly InstalledPlace[] = () => []) {
    this.#folders = absolute(folders);
    this.#installed = installed;
  }

  /** Takes effect at the next `reload`. */
  setFolders(folders: readonly string[]): void {
    this.#folders = absolute(folders);
  }

  /**
   * Reads everything anew. Calls made at the same time run one after the other, each seeing the disk as it is then.
   * A skill `keep` says yes to stays what it was, as its process was started with that; what the disk has instead waits
   * for `adopt`. Gone is only what a second look does not find either: editors and checkouts take files away for a moment.
   * One whose whole skills folder cannot be read (a disk that is away) is not gone at all.
   */
  reload(keep: (skillId: string) => boolean = () => false): Promise<CatalogChange> {
    const reloaded = this.#queue.then(() => this.#reload(keep));
    this.#queue = reloaded.catch(() => undefined);
    return reloaded;
  }

  /** Whether something was not found that may only be away for a moment: look again soon. */
  missesSome(): boolean {
    return [...this.#waiting.values()].includes(null);
  }

  /** Ids of skills whose files are other ones by now than those they are known by. */
  waiting(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  isWaiting(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** Puts what waits for a skill in force; true when there was something. */
  adopt(id: string): boolean {
    const next = this.#waiting.get(id);
    if (next === undefined || next === null) return false;
    this.#waiting = new Map([...this.#waiting].filter(([waiting]) => waiting !== id));
    this.#skills = new Map([...this.#skills].map(([known, skill]) => [known, known === id ? next : skill]));
    return true;
  }

  /** All skills by id, broken ones included, as the last reload found them. */
  list(): readonly CatalogSkill[] {
    return [...this.#skills.values()];
  }

  get(id: string): CatalogSkill | undefined {
    return this.#skills.get(id);
  }

  /** Folders that are missing or could not be read wholly. Never a reason to stop: a person is told. */
  folderProblems(): readonly FolderProblem[] {
    return this.#problems;
  }

  async #reload(keep: (skillId: string) => boolean): Promise<CatalogChange> {
    const problems: FolderProblem[] = [];
    const found: CatalogSkill[] = await readInstalled(this.#installed());
    for (const folder of await distinct(this.#folders)) found.push(...(await readFolder(folder, problems)));
    const before = this.#skills;
    const away = new Set(problems.map(({ folder }) => folder));
    const { skills, waiting } = keepSome(before, settleIds(found), this.#waiting, (skill) => {
      if (!keep(skill.id)) return 'no';
      return away.has(skill.folder) || away.has(path.dirname(skill.folder)) ? 'as-is' : 'if-there';
    });
    this.#skills = skills;
    this.#waiting = waiting;
    this.#problems = problems;
    return compare(before, skills);
  }
}

async function readFolder(folder: string, problems: FolderProblem[]): Promise<readonly CatalogSkill[]> {
  const listed = await listFolder(folder);
  if (listed instanceof Error) {
    const message =
      listed.code === 'ENOENT'
        ? 'does not exist'
        : listed.code === 'ENOTDIR'
          ? 'is a file, not a folder of skills'
          : `cannot be read: ${reasonOf(listed)}`;
    problems.push({ folder, message });
    return [];
  }
  if (listed.cut)
    problems.push({ folder, message: `holds more than ${maxEntries} entries; the rest is ignored` });
  if (listed.entries.some((entry) => entry.name === 'manifest.toml')) {
    problems.push({ folder, message: 'is itself a skill: give the folder it lies in' });
  }
  const files = listed.entries.map((entry) => path.join(folder, entry.name));
  const skills: CatalogSkill[] = [];
  for (let at = 0; at < files.length; at += readsAtOnce) {
    const some = await Promise.all(files.slice(at, at + readsAtOnce).map(readEntry));
    skills.push(...some.filter((skill) => skill !== null));
  }
  return skills;
}

/** One entry of a skills folder; symbolic links to a folder or file count as what they lead to. */
async function readEntry(file: string): Promise<CatalogSkill | null> {
  const stats = await statOf(file);
  if (stats === null || stats instanceof Error) return null;
  if (stats.isDirectory()) return readSkillFolder(file);
  return stats.isFile() && file.endsWith('.py') ? readSkillFile(file) : null;
}

/** Whole skills take their ids first, in order; what comes second or is broken gets a free id near its own. */
function settleIds(found: readonly CatalogSkill[]): ReadonlyMap<string, CatalogSkill> {
  const skills = new Map<string, CatalogSkill>();
  const late: CatalogSkill[] = [];
  for (const skill of found) {
    if (skill.broken === null && !skills.has(skill.id)) skills.set(skill.id, skill);
    else late.push(skill);
  }
  for (const skill of late) {
    const first = skills.get(skill.id);
    if (first === undefined) {
      skills.set(skill.id, skill);
      continue;
    }
    const id = freeId(skill.id, skills);
    const message = `the id "${skill.id}" is already used by ${first.manifestFile}: give one of them another id`;
    const broken = skill.broken ?? { file: skill.manifestFile, line: null, message };
    skills.set(id, asBroken(skill, id, broken));
  }
  return new Map([...skills].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function freeId(id: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const free = id.slice(0, maxIdLength - suffix.length) + suffix;
    if (!taken.has(free)) return free;
  }
}

function compare(
  before: ReadonlyMap<string, CatalogSkill>,
  after: ReadonlyMap<string, CatalogSkill>,
): CatalogChange {
  const now = [...after.values()];
  return {
    added: now.filter((skill) => !before.has(skill.id)).map((skill) => skill.id),
    changed: now
      .filter((skill) => {
        const old = before.get(skill.id);
        return old !== undefined && differs(old, skill);
      })
      .map((skill) => skill.id),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    broken: now.flatMap(({ id, broken }) => (broken === null ? [] : [{ id, broken }])),
  };
}

function absolute(folders: readonly string[]): readonly string[] {
  return folders.map((folder) => path.resolve(folder));
}

/** The same folder given twice, also through a symbolic link, holds its skills once. */
async function distinct(folders: readonly string[]): Promise<readonly string[]> {
  const byPlace = new Map<string, string>();
  for (const folder of folders) {
    const place = await realpath(folder).catch((error: unknown) => {
      if (!isFileError(error)) throw error;
      return folder;
    });
    if (!byPlace.has(place)) byPlace.set(place, folder);
  }
  return [...byPlace.values()];
}
