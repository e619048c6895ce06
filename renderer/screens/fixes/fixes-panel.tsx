import { Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { EmptyState } from '../../components/empty-state.tsx';
import { RecordFixForm } from '../../components/record-fix-form.tsx';
import { useFixes, useFixProposals } from '../../state/queries.ts';
import { FixDetail } from './fix-detail.tsx';
import classes from './fixes-panel.module.css';
import { useFixCommands } from './use-fix-commands.ts';

export interface FixesPanelProps {
  /** The record form and what it is prefilled with; null shows the fix instead. */
  readonly record: {
    readonly error: string | undefined;
    readonly skill: string | undefined;
    readonly proposal: number | undefined;
  } | null;
  readonly fixId: number | null;
  onClose(): void;
  onOpen(fixId: number): void;
}

/** What stands next to the list: the record form, or one fix in full. */
export function FixesPanel({ record, fixId, onClose, onOpen }: FixesPanelProps) {
  const fixes = useFixes();
  const queryClient = useQueryClient();
  const { announceRecorded } = useFixCommands();
  const proposals = useFixProposals();

  if (record !== null) {
    // The words to start from are the host's: without them the form would have to change while somebody types.
    if (record.proposal !== undefined && proposals.isPending) return <Skeleton height={240} radius="lg" />;
    const proposal = proposals.data?.find((one) => one.id === record.proposal);
    const error = proposal?.error ?? record.error;
    const skill = proposal?.skillId ?? record.skill;
    return (
      <div className={classes.panel}>
        <RecordFixForm
          {...(error === undefined ? {} : { error })}
          {...(skill === undefined ? {} : { skillId: skill })}
          {...(proposal === undefined ? {} : { proposal })}
          onCancel={onClose}
          onSaved={(pattern) => {
            const before = queryClient
              .getQueryData<typeof fixes.data>(['fixes'])
              ?.find((known) => known.id === pattern.id);
            announceRecorded(pattern, before ?? null);
            onOpen(pattern.id);
          }}
        />
      </div>
    );
  }
  if (fixes.data === undefined) return <Skeleton height={240} radius="lg" />;
  const pattern = fixes.data.find((known) => known.id === fixId);
  return (
    <div className={classes.panel}>
      {pattern === undefined ? (
        <EmptyState title="This fix is gone">
          It was deleted, or the link is from another data folder.
        </EmptyState>
      ) : (
        <FixDetail pattern={pattern} onClose={onClose} onOpen={onOpen} />
      )}
    </div>
  );
}
