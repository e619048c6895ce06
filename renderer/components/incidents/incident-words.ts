import { type Incident, MUTED_UNTIL_RECOVERY } from '../../../shared/model/action.ts';
import type { DisplayState, StateKind } from '../display-state.ts';
import { formatDuration, formatIn } from '../format.ts';

/** Where an incident stands, for filters: muted counts beside its state. */
export type Standing = 'open' | 'acknowledged' | 'muted' | 'resolved';

export function isMuted({ endedAt, mutedUntil }: Incident, now: number): boolean {
  return endedAt === null && mutedUntil !== null && mutedUntil > now;
}

/** Whether an incident is shown under a chip. A muted one is shown under its state too. */
export function stands(incident: Incident, standing: Standing, now: number): boolean {
  return standing === 'muted' ? isMuted(incident, now) : incident.state === standing;
}

/** How grave it is, by shape and word. */
export function severityOf({ endedAt, quarantined }: Incident): DisplayState {
  if (endedAt !== null) return { state: 'ok', word: 'Over' };
  return quarantined ? { state: 'quar', word: 'Quarantined' } : { state: 'bad', word: 'Failing' };
}

const states: Readonly<Record<Incident['state'], { readonly state: StateKind; readonly word: string }>> = {
  open: { state: 'bad', word: 'Open' },
  acknowledged: { state: 'busy', word: 'Acknowledged' },
  resolved: { state: 'ok', word: 'Resolved' },
};

/** What people say of it, by shape and word. */
export function stateOf({ state }: Incident): DisplayState {
  return states[state];
}

/** How long it has lasted or lasted, ms. */
export function lastedMs({ endedAt, startedAt }: Incident, now: number): number {
  return Math.max(0, (endedAt ?? now) - startedAt);
}

/** How it came to its end, in a few words; null while it goes on. */
export function endInWords({ ended, endedAt }: Incident): string | null {
  if (endedAt === null) return null;
  if (ended?.by === 'user') return 'by a person';
  return ended?.by === 'out-of-service' ? 'the skill left service' : 'by itself';
}

/** `until it ends`, `in 3 h 20 min`. */
export function muteInWords(mutedUntil: number, now: number): string {
  return mutedUntil === MUTED_UNTIL_RECOVERY
    ? 'until it ends'
    : `for another ${formatDuration(mutedUntil - now)}`;
}

/** `until it ends`, `ends in 3 h`. */
export function acknowledgedInWords({ acknowledged }: Incident, now: number): string {
  const until = acknowledged?.until;
  return until === undefined ? 'until it ends' : `open again ${formatIn(until, now)}`;
}

/** The line of an error that says most: a traceback's last, else the first. */
export function headlineOf(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  const line = error.includes('Traceback (most recent call last)') ? lines.at(-1) : lines[0];
  return line?.trim() ?? '';
}

/** Whether an incident has all these words, in any order: skill, error, signature, note or `#12`. */
export function hasWords(incident: Incident, words: readonly string[]): boolean {
  const { error, id, note, signature, skillId } = incident;
  const text = `#${id} ${skillId} ${error} ${signature} ${note ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Those that go on first, then the newest. */
export function inReadingOrder(incidents: readonly Incident[]): Incident[] {
  const rank = ({ endedAt, state }: Incident) => (endedAt !== null ? 2 : state === 'acknowledged' ? 1 : 0);
  return [...incidents].sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt || b.id - a.id);
}
