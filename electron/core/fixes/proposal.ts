/** Something a person did about a skill while it was in trouble. `at` is epoch ms. */
export type Deed =
  | { readonly kind: 'restarted' | 'started' | 'released'; readonly at: number }
  /** `names` relative to the skill's folder. */
  | { readonly kind: 'files'; readonly at: number; readonly names: readonly string[] }
  /** Its Python packages or its interpreter. */
  | { readonly kind: 'environment'; readonly at: number }
  /** `names` as `section.member`. */
  | { readonly kind: 'settings'; readonly at: number; readonly names: readonly string[] };

/** So many names stand in a suggestion; more are counted. */
const MAX_NAMES = 3;

/**
 * The deeds that may have ended a trouble whose last failure was at `lastSeenAt`. A restart after which it failed again
 * was not what helped; a change of files or settings may have needed that restart to take effect.
 */
export function deedsThatCount(deeds: readonly Deed[], lastSeenAt: number): Deed[] {
  return deeds.filter((deed) => !isStart(deed) || deed.at >= lastSeenAt);
}

/** What a person did, in the words the form is filled with: `Changed skill.py and restarted`. Empty for no deeds. */
export function wordsFor(deeds: readonly Deed[]): string {
  const phrases = [
    changed('Changed ', namesOf(deeds, 'files')),
    deeds.some((deed) => deed.kind === 'environment') ? 'Changed its Python environment' : '',
    changed('Set ', namesOf(deeds, 'settings')),
    startedWords(deeds),
  ].filter((phrase) => phrase !== '');
  return phrases
    .map((phrase, index) => {
      const word = index === 0 ? phrase : phrase.charAt(0).toLowerCase() + phrase.slice(1);
      if (index === 0) return word;
      return index === phrases.length - 1 ? ` and ${word}` : `, ${word}`;
    })
    .join('');
}

function isStart(deed: Deed): boolean {
  return deed.kind === 'restarted' || deed.kind === 'started' || deed.kind === 'released';
}

/** The last way it was started: what came before it was undone by it. */
function startedWords(deeds: readonly Deed[]): string {
  switch (deeds.findLast(isStart)?.kind) {
    case 'restarted':
      return 'Restarted it';
    case 'started':
      return 'Started it';
    case 'released':
      return 'Released it from quarantine';
    default:
      return '';
  }
}

function namesOf(deeds: readonly Deed[], kind: 'files' | 'settings'): string[] {
  return [...new Set(deeds.flatMap((deed) => (deed.kind === kind ? deed.names : [])))];
}

function changed(verb: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, MAX_NAMES);
  const more = names.length - shown.length;
  if (more > 0) return `${verb}${shown.join(', ')} and ${more} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? `${verb}${last}` : `${verb}${shown.join(', ')} and ${last}`;
}
