import type { PackageFacts, PackageFinding } from '../../../shared/model/package.ts';
import type { Skill } from '../../../shared/model/skill.ts';

/** What installing a package would mean here, in one sentence. */
export function standingWords(facts: PackageFacts, present: Skill | undefined): string {
  switch (facts.standing) {
    case 'new':
      return 'New here.';
    case 'update':
      return present === undefined
        ? `An update to ${facts.version}. The version before is kept.`
        : present.version === facts.version
          ? `Installed already in this version, ${facts.version}: its files are replaced, the ones before are kept.`
          : `An update: ${present.version} → ${facts.version}. The version before is kept.`;
    case 'taken':
      return present === undefined
        ? 'A skill of this id is there already.'
        : `A skill of this id lies in ${present.folder}. Remove that one first, or give this one another id.`;
  }
}

/** Why it cannot be installed; null when it can. */
export function installProblem(facts: PackageFacts): string | null {
  if (facts.id === null) return 'It is no skill as it is.';
  if (facts.standing === 'taken') return 'Its id is taken.';
  return facts.findings.some(({ level }) => level === 'error')
    ? 'What is wrong has to be mended first.'
    : null;
}

/** Where a finding is: `skill.py, line 12`. */
export function placeWords({ file, line }: PackageFinding): string {
  return line === null ? file : `${file}, line ${line}`;
}
