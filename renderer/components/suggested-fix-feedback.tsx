import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import type { FixPattern } from '../../shared/model/fix.ts';
import { call } from '../bridge/call.ts';
import { Orders } from './fleet/locked.tsx';
import classes from './suggested-fix.module.css';

export interface FixFeedbackProps {
  readonly pattern: FixPattern;
  /** The skill it was tried on, if it was tried on one. */
  readonly skillId?: string;
}

/** A failing skill comes and goes, and this with it: for so long an answer is not asked for again, ms. */
const ANSWER_STAYS_MS = 60_000;

/** "It worked" and "It did not help": one answer per time the fix was tried. */
export function FixFeedback({ pattern, skillId }: FixFeedbackProps) {
  const queryClient = useQueryClient();
  const mutationKey = ['fix-feedback', pattern.id, skillId ?? null];
  const answer = useMutation({
    mutationKey,
    gcTime: ANSWER_STAYS_MS,
    mutationFn: (worked: boolean) =>
      call('fix.feedback', { fixId: pattern.id, worked, ...(skillId === undefined ? {} : { skillId }) }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['fixes'] });
      // The ranking may change; what somebody is reading must not move under them, so it is fetched next time.
      void queryClient.invalidateQueries({ queryKey: ['fix-matches'], refetchType: 'none' });
    },
  });

  const noted = useMutationState({
    filters: { mutationKey, status: 'success' },
    select: ({ state }) => state.variables as boolean,
  }).at(-1);

  if (noted !== undefined) {
    return (
      <span className={classes.facts} role="status">
        {noted ? 'Noted: it worked.' : 'Noted: it did not help. It will be ranked lower.'}
      </span>
    );
  }
  const waiting = answer.isPending ? answer.variables : null;
  return (
    <>
      <Orders>
        <Button
          size="compact-sm"
          leftSection={<IconCheck size={14} />}
          loading={waiting === true}
          disabled={waiting === false}
          onClick={() => answer.mutate(true)}
        >
          It worked
        </Button>
        <Button
          size="compact-sm"
          leftSection={<IconX size={14} />}
          loading={waiting === false}
          disabled={waiting === true}
          onClick={() => answer.mutate(false)}
        >
          It did not help
        </Button>
      </Orders>
      {answer.isError && (
        <span className={classes.facts} role="alert">
          Not saved: {answer.error.message}
        </span>
      )}
    </>
  );
}
