/** What a dropped skill says about itself. Nothing of it has been executed. */
export interface SkillFacts {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  /** What will be run: the entry file or the command, as the manifest has it. */
  readonly runs: string;
  /** Names of the secrets it asks for. */
  readonly credentials: readonly string[];
  /** Why it cannot be installed; null when it can. */
  readonly problem: string | null;
}

/** Longer words of a manifest are cut: the dialog must keep its buttons on the screen. Characters. */
const MAX_WORDS = 300;

/** What a person should know before they say yes: it is somebody's program, and it will run with their rights. */
export function installQuestion(facts: SkillFacts, from: string, to: string): string {
  const lines = [
    `${facts.id} ${facts.version}`,
    ...(facts.description === null ? [] : [facts.description]),
    `Runs: ${facts.runs}`,
    ...(facts.credentials.length === 0 ? [] : [`Asks for: ${facts.credentials.join(', ')}`]),
  ].map(cut);
  return [
    ...lines,
    '',
    `It is copied from ${from} to ${to}, started, and runs with your rights. Install only what you trust.`,
  ].join('\n');
}

function cut(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a manifest must not draw lines of its own into the dialog
  const plain = words.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
  return plain.length > MAX_WORDS ? `${plain.slice(0, MAX_WORDS - 1)}…` : plain;
}
