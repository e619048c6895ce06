import type { PackageFacts } from '../../../shared/model/package.ts';

/** Longer words of a manifest are cut: the dialog must keep its buttons on the screen. Characters, lines. */
const MAX_WORDS = 300;
const MAX_FINDINGS = 5;

export function installVerb({ standing }: PackageFacts): 'Install' | 'Update' {
  return standing === 'update' ? 'Update' : 'Install';
}

/** Why a dropped skill cannot be installed; null when it can. */
export function problemOf({ id, findings, standing }: PackageFacts): string | null {
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) return errors.slice(0, MAX_FINDINGS).map(inWords).join('\n');
  return standing === 'taken'
    ? `There is a skill called ${id} already, in a skills folder of yours. Take that one out, or give this one another id.`
    : null;
}

/**
 * What a person should know before they say yes: it is somebody's program, and it will run with their rights. `present`:
 * the version that is installed now.
 */
export function installQuestion(facts: PackageFacts, from: string, present: string | null): string {
  const version =
    facts.standing === 'update' && present !== null ? `${present} → ${facts.version}` : facts.version;
  const lines = [
    `${facts.id} ${version}`,
    ...(facts.description === null ? [] : [facts.description]),
    `Runs: ${facts.command.join(' ')}`,
    ...(facts.dependencies.length === 0 ? [] : [`Needs: ${facts.dependencies.join(', ')}`]),
    ...(facts.credentials.length === 0
      ? []
      : [`Asks for: ${facts.credentials.map(({ name }) => name).join(', ')}`]),
    ...facts.findings.slice(0, MAX_FINDINGS).map((finding) => `Note: ${inWords(finding)}`),
  ].map(cut);
  return [
    ...lines,
    '',
    `It is copied from ${from}, tried and started, and runs with your rights. Install only what you trust.`,
  ].join('\n');
}

function inWords({ file, line, message }: PackageFacts['findings'][number]): string {
  return cut(`${file}${line === null ? '' : `, line ${line}`}: ${message}`);
}

function cut(words: string): string {
  // A manifest must not draw lines of its own into the dialog.
  const plain = words.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  return plain.length > MAX_WORDS ? `${plain.slice(0, MAX_WORDS - 1).toWellFormed()}…` : plain;
}
