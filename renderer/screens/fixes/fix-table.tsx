import { UnstyledButton } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { memo } from 'react';
import { countedWhere, lastUsed, learntOn, splitFixText, workedInWords } from '../../components/fix-text.ts';
import { SignatureText } from '../../components/signature-text.tsx';
import { Day } from '../../components/suggested-fix-day.tsx';
import { tierInWords } from '../../components/suggested-fix-tier.ts';
import type { FixOrder, FoundFix } from './find-fixes.ts';
import classes from './fix-table.module.css';
import { WorkedBar } from './worked-bar.tsx';

export interface FixTableProps {
  readonly found: readonly FoundFix[];
  /** The order shown; null while a search decides the order. */
  readonly order: FixOrder | null;
  onOrder(order: FixOrder): void;
  readonly selected: number | null;
  onOpen(fixId: number): void;
}

/** One row per fix: what it was, for which error, how often it helped. */
export function FixTable({ found, order, onOrder, selected, onOpen }: FixTableProps) {
  const heading = (key: FixOrder, label: string) => (
    <th scope="col" aria-sort={order === key ? (key === 'title' ? 'ascending' : 'descending') : undefined}>
      {order === null ? (
        label
      ) : (
        <UnstyledButton className={classes.sort} onClick={() => onOrder(key)}>
          {label}
          <IconArrowDown size={12} className={classes.arrow} data-on={order === key} aria-hidden />
        </UnstyledButton>
      )}
    </th>
  );
  return (
    <div className={`sw-card ${classes.frame}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            {heading('title', 'Fix')}
            <th scope="col">For</th>
            {heading('worked', 'Worked')}
            {heading('used', 'Last used')}
          </tr>
        </thead>
        <tbody>
          {found.map((one) => (
            <FixRow key={one.pattern.id} found={one} selected={one.pattern.id === selected} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FixRowProps {
  readonly found: FoundFix;
  readonly selected: boolean;
  onOpen(fixId: number): void;
}

const FixRow = memo(function FixRow({ found: { pattern, match }, selected, onOpen }: FixRowProps) {
  const { title } = splitFixText(pattern.fixDescription);
  return (
    // The button in the first cell is the control; the row around it only makes a larger target for the mouse.
    <tr data-selected={selected} onClick={() => onOpen(pattern.id)}>
      <td className={classes.fix}>
        <UnstyledButton className={classes.title} aria-expanded={selected}>
          {title}
        </UnstyledButton>
        <div>
          <SignatureText signature={pattern.errorSignature} short />
        </div>
        {pattern.origin !== undefined && <p className={classes.learnt}>{learntOn(pattern)}</p>}
        {match !== null && (
          <p className={classes.why} data-certainty={tierInWords(match.tier).certainty}>
            {match.why}
          </p>
        )}
      </td>
      <td className={classes.for}>{pattern.skillId ?? 'any skill'}</td>
      <td className={classes.worked}>
        <WorkedBar pattern={pattern} label={countedWhere(pattern) ?? workedInWords(pattern)} />
      </td>
      <td className={classes.used}>
        <Day at={lastUsed(pattern)} />
      </td>
    </tr>
  );
});
