import type { FixHistoryEntry, FixPattern, FixTrial } from '../../shared/model/fix.ts';
import type { FixFeedback } from '../storage/storage.ts';

/** Everything that happened to a fix, newest first, from where each part of it is kept. */
export function fixHistory(
  pattern: FixPattern,
  edits: readonly FixHistoryEntry[],
  trials: readonly FixTrial[],
  feedback: readonly FixFeedback[],
): FixHistoryEntry[] {
  const entries: FixHistoryEntry[] = [
    ...edits,
    ...trials.map(({ appliedAt, skillId, origin }) => ({
      at: appliedAt,
      kind: 'applied' as const,
      skillId,
      detail: origin === 'user' ? 'by a person' : 'by itself',
    })),
    ...feedback.map(({ at, worked, skillId }) => ({
      at,
      kind: worked ? ('worked' as const) : ('failed' as const),
      skillId: skillId ?? null,
      detail: '',
    })),
  ];
  // Of a fix from before its past was kept, at least the beginning is known.
  if (!edits.some(({ kind }) => kind === 'recorded' || kind === 'imported')) {
    const detail = pattern.origin === undefined ? '' : `on ${pattern.origin.name}`;
    entries.push({ at: pattern.createdAt, kind: 'recorded', skillId: pattern.skillId ?? null, detail });
  }
  return entries.toSorted((a, b) => b.at - a.at);
}

/** What an edit replaced, in words; null when nothing has changed. */
export function changesInWords(before: FixPattern, after: FixPattern): string | null {
  const changes: string[] = [];
  if (before.skillId !== after.skillId) changes.push(`was for ${before.skillId ?? 'any skill'}`);
  if (before.safeAction !== after.safeAction) changes.push(`action was ${before.safeAction ?? 'none'}`);
  else if ((before.autoApply === true) !== (after.autoApply === true))
    changes.push(before.autoApply === true ? 'could act by itself' : 'could not act by itself');
  if (before.fixDescription !== after.fixDescription) changes.push(before.fixDescription);
  return changes.length === 0 ? null : changes.join('; ');
}
