import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FixPattern, FixTrial } from '../../shared/model/fix.ts';
import { call } from '../bridge/call.ts';
import { Orders } from './fleet/locked.tsx';
import classes from './suggested-fix.module.css';
import { applyLabel, trialInWords } from './suggested-fix-trial.ts';

export interface ApplyFixProps {
  readonly pattern: FixPattern;
  readonly skillId: string;
  /** The last time this fix was applied here, if ever. */
  readonly trial: FixTrial | undefined;
}

/** Applies a fix, and shows what the checks have made of it so far. */
export function ApplyFix({ pattern, skillId, trial }: ApplyFixProps) {
  const queryClient = useQueryClient();
  const apply = useMutation({
    mutationFn: () => call('fix.apply', { fixId: pattern.id, skillId }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['fix-trials', skillId] }),
  });
  if (trial?.state === 'watching') {
    return (
      <span className={classes.facts} role="status">
        {trialInWords(trial)}
      </span>
    );
  }
  return (
    <>
      <Orders>
        <Button
          size="compact-sm"
          variant="filled"
          leftSection={<IconPlayerPlay size={14} />}
          loading={apply.isPending}
          onClick={() => apply.mutate()}
        >
          {applyLabel(pattern)}
        </Button>
      </Orders>
      {trial !== undefined && <span className={classes.facts}>{trialInWords(trial)}</span>}
      {apply.isError && (
        <span className={classes.facts} role="alert">
          Not applied: {apply.error.message}
        </span>
      )}
    </>
  );
}
