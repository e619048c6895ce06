import { Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { EmptyState } from '../../components/empty-state.tsx';
import { RecordFixForm } from '../../components/record-fix-form.tsx';
import { useFixes } from '../../state/queries.ts';
import { FixDetail } from './fix-detail.tsx';
import classes from './fixes-panel.module.css';
import { useFixCommands } from './use-fix-commands.ts';

export interface FixesPanelProps {
  /** The record form and what it is prefilled with; null shows the fix instead. */
  readonly record: { readonly error: string | undefined; readonly skill: string | undefined } | null;
  readonly fixId: number | null;
  onClose(): void;
  onOpen(fixId: number): void;
}

/** What stands next to the list: the record form, or one fix in full. */
export function FixesPanel({ record, fixId, onClose, onOpen }: FixesPanelProps) {
  const fixes = useFixes();
  const queryClient = useQueryClient();
  const { announceRecorded } = useFixCommands();

  if (record !== null) {
    return (
      <div className={classes.panel}>
        <RecordFixForm
          {...(record.error === undefined ? {} : { error: record.error })}
          {...(record.skill === undefined ? {} : { skillId: record.skill })}
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
        <FixDetail pattern={pattern} onClose={onClose} />
      )}
    </div>
  );
}
