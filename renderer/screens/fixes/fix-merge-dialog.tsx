import { Select } from '@mantine/core';
import { useState } from 'react';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { fixRecord, splitFixText } from '../../components/fix-text.ts';
import { plural } from '../../components/format.ts';
import { SignatureText } from '../../components/signature-text.tsx';
import { useFixes } from '../../state/queries.ts';
import classes from './fix-merge-dialog.module.css';
import { useFixCommands } from './use-fix-commands.ts';

export interface FixMergeDialogProps {
  /** The fix that goes. */
  readonly pattern: FixPattern;
  onClose(): void;
  /** Opens the fix that stays. */
  onMerged(fixId: number): void;
}

/** Makes one fix of two, and says before what becomes of words, errors and counts. */
export function FixMergeDialog({ pattern, onClose, onMerged }: FixMergeDialogProps) {
  const { data: fixes = [] } = useFixes();
  const { merge } = useFixCommands();
  const [intoId, setIntoId] = useState<string | null>(null);
  const others = fixes.filter((fix) => fix.id !== pattern.id);
  const into = others.find((fix) => String(fix.id) === intoId);

  async function confirm(): Promise<boolean> {
    if (into === undefined) return false;
    try {
      await merge.mutateAsync({ from: pattern, into });
    } catch {
      // Said by the command; the dialog stays for another choice.
      return false;
    }
    onMerged(into.id);
    return true;
  }

  return (
    <ConfirmDialog title="Merge into another fix" confirm="Merge" onConfirm={confirm} onClose={onClose}>
      <p>
        For two notes about the same trouble. “{splitFixText(pattern.fixDescription).title}” goes; what it
        recognises and how often it worked is taken over.
      </p>
      <Select
        label="Merge into"
        placeholder={others.length === 0 ? 'There is no other fix' : 'Choose the fix whose words stay'}
        searchable
        disabled={others.length === 0}
        nothingFoundMessage="No such fix"
        data={others.map((fix) => ({ value: String(fix.id), label: labelOf(fix) }))}
        value={intoId}
        onChange={setIntoId}
      />
      {into !== undefined && <MergePreview from={pattern} into={into} />}
    </ConfirmDialog>
  );
}

function MergePreview({ from, into }: { from: FixPattern; into: FixPattern }) {
  const signatures = [...new Set([into, from].flatMap(signaturesOf))];
  // What other hosts counted for `from` goes on counting for that fix alone.
  const { elsewhere: _elsewhere, ...own } = from;
  const [one, other] = [fixRecord(own), fixRecord(into)];
  const scope = into.skillId !== undefined && into.skillId === from.skillId ? into.skillId : 'any skill';
  return (
    <dl className={classes.preview} aria-label="What comes of it">
      <dt>What to do</dt>
      <dd>{splitFixText(into.fixDescription).title}</dd>
      <dt>Recognises</dt>
      <dd className={classes.signatures}>
        {signatures.map((signature) => (
          <SignatureText key={signature} signature={signature} short />
        ))}
      </dd>
      <dt>Applies to</dt>
      <dd>{scope}</dd>
      <dt>Worked</dt>
      <dd>
        {one.worked + other.worked} of {plural(one.tries + other.tries, 'time', 'times')} ({other.worked} of{' '}
        {other.tries} and {one.worked} of {one.tries})
      </dd>
      {into.autoApply === true && (
        <>
          <dt>By itself</dt>
          <dd>no longer: it was allowed for fewer errors</dd>
        </>
      )}
    </dl>
  );
}

function signaturesOf({ errorSignature, alsoFor = [] }: FixPattern): string[] {
  return [errorSignature, ...alsoFor.map((other) => other.errorSignature)];
}

function labelOf(fix: FixPattern): string {
  const where = fix.skillId === undefined ? '' : ` · ${fix.skillId}`;
  return `${splitFixText(fix.fixDescription).title}${where} (fix ${fix.id})`;
}
