import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FixPattern, SafeAction } from '../../../shared/model/fix.ts';
import { call } from '../../bridge/call.ts';
import { fixRecord, splitFixText } from '../../components/fix-text.ts';
import { undoAction } from '../../components/undo-action.ts';
import { feedback } from '../../state/feedback.ts';

/** Changing and removing recorded fixes, each with a way back. */
export function useFixCommands() {
  const queryClient = useQueryClient();
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: ['fixes'] });
    void queryClient.invalidateQueries({ queryKey: ['fix-matches'] });
  };
  const undo = (change: () => Promise<unknown>) => undoAction(() => change().then(refresh));

  const update = useMutation({
    mutationFn: ({ pattern, ...change }: FixChange) => call('fix.update', { fixId: pattern.id, ...change }),
    onSuccess: (_answer, { pattern }) => {
      refresh();
      feedback.done('Fix changed', { key: 'fix', action: undo(() => restore(pattern)) });
    },
  });

  const remove = useMutation({
    mutationFn: (pattern: FixPattern) => call('fix.delete', { fixId: pattern.id }),
    onSuccess: ({ pattern }) => {
      refresh();
      const { title } = splitFixText(pattern.fixDescription);
      const own = pattern.origin === undefined;
      // The contract has no way to bring counts back; better said than found out.
      const anew = 'Undo records it again; how often it worked is counted anew.';
      const hidden = 'The other hosts keep it. Undo records it here, as a fix of this host.';
      feedback.done(`${own ? 'Deleted' : 'Hid'} “${title}”`, {
        key: 'fix',
        ...(own && fixRecord(pattern).tries === 0 ? {} : { body: own ? anew : hidden }),
        action: undo(() => recordAgain(pattern)),
      });
    },
    onError: (error) => feedback.error('The fix could not be deleted', error),
  });

  const merge = useMutation({
    mutationFn: ({ from, into }: { from: FixPattern; into: FixPattern }) =>
      call('fix.merge', { fixId: from.id, intoFixId: into.id }),
    onSuccess: ({ pattern }) => {
      refresh();
      const { tries, worked } = fixRecord(pattern);
      feedback.done(`Merged into “${splitFixText(pattern.fixDescription).title}”`, {
        key: 'fix',
        body:
          tries === 0
            ? 'Both errors lead to it now.'
            : `Both errors lead to it now. It worked ${worked} of ${tries} times.`,
      });
    },
    onError: (error) => feedback.error('The fixes could not be merged', error, { key: 'fix' }),
  });

  /** `before`: the fix as it was, when recording the same error for the same scope replaced its text. */
  function announceRecorded(pattern: FixPattern, before: FixPattern | null): void {
    feedback.done(before === null ? 'Fix recorded' : 'Fix recorded in place of the earlier text', {
      key: 'fix',
      body: 'It will be suggested when this error comes back.',
      action: undo(() => (before === null ? call('fix.delete', { fixId: pattern.id }) : restore(before))),
    });
  }

  return { update, remove, merge, announceRecorded };
}

export interface FixChange {
  readonly pattern: FixPattern;
  readonly fixDescription: string;
  /** Null: any skill. */
  readonly skillId: string | null;
  readonly safeAction: SafeAction | 'none';
  readonly autoApply: boolean;
}

function restore(pattern: FixPattern): Promise<unknown> {
  const { id, fixDescription, skillId, safeAction = 'none', autoApply = false } = pattern;
  return call('fix.update', { fixId: id, fixDescription, skillId: skillId ?? null, safeAction, autoApply });
}

function recordAgain({
  sample,
  errorSignature,
  fixDescription,
  skillId,
  safeAction,
  autoApply,
}: FixPattern): Promise<unknown> {
  return call('fix.record', {
    ...(sample === '' ? { errorSignature } : { error: sample }),
    fixDescription,
    ...(skillId === undefined ? {} : { skillId }),
    ...(safeAction === undefined ? {} : { safeAction, autoApply: autoApply === true }),
  });
}
