import type { CatalogSkill } from './catalog-skill.ts';

/** Whether a skill is another one than it was, as far as its files tell. */
export function differs(old: CatalogSkill, now: CatalogSkill): boolean {
  return old.fingerprint !== now.fingerprint || old.folder !== now.folder;
}

/**
 * The skills as read, with those that are kept in the places of what the disk has of them, and that, which waits.
 * Null waits for what is gone, once: what a second look does not find either goes, unless it is kept as it is because
 * nobody could look.
 */
export function keepSome(
  before: ReadonlyMap<string, CatalogSkill>,
  read: ReadonlyMap<string, CatalogSkill>,
  waitedBefore: ReadonlyMap<string, CatalogSkill | null>,
  keep: (skill: CatalogSkill) => 'as-is' | 'if-there' | 'no',
): {
  readonly skills: ReadonlyMap<string, CatalogSkill>;
  readonly waiting: ReadonlyMap<string, CatalogSkill | null>;
} {
  const skills = new Map(read);
  const waiting = new Map<string, CatalogSkill | null>();
  for (const [id, old] of before) {
    const now = read.get(id);
    if (now !== undefined && !differs(old, now)) continue;
    const kept = keep(old);
    if (kept === 'no' || (now === undefined && kept === 'if-there' && waitedBefore.get(id) === null))
      continue;
    skills.set(id, old);
    if (now !== undefined || kept === 'if-there') waiting.set(id, now ?? null);
  }
  return { skills: new Map([...skills].sort(([left], [right]) => (left < right ? -1 : 1))), waiting };
}
