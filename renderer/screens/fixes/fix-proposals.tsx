import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FixProposal } from '../../../shared/model/fix.ts';
import { call } from '../../bridge/call.ts';
import { Orders } from '../../components/fleet/locked.tsx';
import { Time } from '../../components/time.tsx';
import { feedback } from '../../state/feedback.ts';
import { useFixProposals } from '../../state/queries.ts';
import classes from './fix-proposals.module.css';

/** Recoveries a person had a hand in and has not recorded yet. Nothing is shown where there are none. */
export function FixProposals({ onRecord }: { onRecord(proposalId: number): void }) {
  const proposals = useFixProposals();
  if (proposals.data === undefined || proposals.data.length === 0) return null;
  return (
    <section className={`sw-card ${classes.card}`} aria-label="Recoveries to record">
      <ul className={classes.list}>
        {proposals.data.map((proposal) => (
          <Proposal key={proposal.id} proposal={proposal} onRecord={onRecord} />
        ))}
      </ul>
    </section>
  );
}

function Proposal({ proposal, onRecord }: { proposal: FixProposal; onRecord(proposalId: number): void }) {
  const queryClient = useQueryClient();
  const dismiss = useMutation({
    mutationFn: () => call('fix.proposals.dismiss', { proposalId: proposal.id }),
    onError: (error) => feedback.error('The offer could not be dismissed', error),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['fix-proposals'] }),
  });
  return (
    <li className={classes.line}>
      <div className={classes.words}>
        <b>{proposal.skillId}</b> is well again. You seem to have: <q>{proposal.suggestion}</q>{' '}
        <span className={classes.when}>
          <Time at={proposal.at} />
        </span>
        <p className={classes.error}>{proposal.error}</p>
      </div>
      <Orders>
        <Button size="compact-sm" onClick={() => onRecord(proposal.id)}>
          Record it
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate()}
        >
          Dismiss
        </Button>
      </Orders>
    </li>
  );
}
