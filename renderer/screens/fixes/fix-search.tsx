import { Button, CloseButton, Skeleton, Textarea } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconBulb, IconSearch, IconSearchOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { MAX_ERROR_TEXT } from '../../components/fix-text.ts';
import { useFixMatches } from '../../state/queries.ts';
import { type FixOrder, findFixes, looksLikeError, sortFixes } from './find-fixes.ts';
import { FixTable } from './fix-table.tsx';
import classes from './fixes-screen.module.css';

export interface FixSearchProps {
  readonly fixes: UseQueryResult<FixPattern[]>;
  readonly selected: number | null;
  onOpen(fixId: number): void;
  /** Opens the record form, prefilled with the error that was searched for. */
  onRecord(error?: string): void;
}

/** What an address carries of a search, in characters; the end of a traceback names the exception. */
const MAX_LINKED_TEXT = 4000;

/** The search box, and under it the fixes it finds. One box for both: a word filters, a pasted error is matched. */
export function FixSearch({ fixes, selected, onOpen, onRecord }: FixSearchProps) {
  const { q = '' } = useSearch({ from: '/fixes' });
  const navigate = useNavigate({ from: '/fixes' });
  const [text, setText] = useState(q);
  const [settled, setSettled] = useState(q);
  const [order, setOrder] = useState<FixOrder>('used');
  const settle = useDebouncedCallback((next: string) => {
    setSettled(next);
    const kept = next.trim() === '' ? undefined : next.slice(-MAX_LINKED_TEXT);
    void navigate({ resetScroll: false, search: (search) => ({ ...search, q: kept }), replace: true });
  }, 250);
  const search = (next: string) => {
    setText(next);
    settle(next);
  };

  const error = looksLikeError(settled) ? settled.slice(-MAX_ERROR_TEXT) : '';
  const matching = useFixMatches(error, undefined, 20);
  const matches = error === '' ? undefined : matching.data?.matches;
  const found = useMemo(
    () => findFixes(sortFixes(fixes.data ?? [], order), settled, matches ?? []),
    [fixes.data, order, settled, matches],
  );

  if (fixes.data?.length === 0) return <NothingRecorded onRecord={onRecord} />;
  return (
    <section className={classes.list} aria-label="Recorded fixes">
      <Textarea
        aria-label="Find a fix or an error"
        placeholder="Find a fix, or paste an error to see what fixed it"
        autosize
        minRows={1}
        maxRows={5}
        spellCheck={false}
        value={text}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) event.preventDefault();
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            search('');
          }
        }}
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={
          text !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => search('')} />
        }
      />
      {matching.isError && error !== '' && (
        <p className={classes.problem} role="alert">
          Matching the error did not work ({matching.error.message}); the list shows plain word hits.
        </p>
      )}
      <p className={classes.srOnly} role="status">
        {settled.trim() === '' ? '' : `${found.length} found`}
      </p>
      {fixes.data === undefined ? (
        <Waiting fixes={fixes} />
      ) : found.length > 0 ? (
        <FixTable
          found={found}
          order={settled.trim() === '' ? order : null}
          onOrder={setOrder}
          selected={selected}
          onOpen={onOpen}
        />
      ) : (
        <NothingFound error={error} onClear={() => search('')} onRecord={onRecord} />
      )}
    </section>
  );
}

function Waiting({ fixes }: { fixes: UseQueryResult<FixPattern[]> }) {
  if (!fixes.isError) return <Skeleton height={220} radius="lg" role="status" aria-label="Loading fixes" />;
  return (
    <EmptyState
      title="The fixes could not be loaded"
      action={<Button onClick={() => void fixes.refetch()}>Try again</Button>}
    >
      {fixes.error.message}
    </EmptyState>
  );
}

function NothingRecorded({ onRecord }: Pick<FixSearchProps, 'onRecord'>) {
  return (
    <div className="sw-card">
      <EmptyState
        icon={<IconBulb size={26} stroke={1.6} />}
        title="No fix recorded yet"
        action={
          <Button variant="filled" onClick={() => onRecord()}>
            Record the first one
          </Button>
        }
      >
        When you have mended a skill, write down what it was. The next time that error shows up, in this skill
        or another, your words stand right next to it, with how often they helped.
      </EmptyState>
    </div>
  );
}

function NothingFound(props: { error: string; onClear(): void; onRecord(error?: string): void }) {
  const { error, onClear, onRecord } = props;
  const isError = error !== '';
  return (
    <div className="sw-card">
      <EmptyState
        icon={<IconSearchOff size={26} stroke={1.6} />}
        title={isError ? 'Nothing known fixes this yet' : 'No fix has these words'}
        action={
          <>
            {isError && (
              <Button variant="filled" onClick={() => onRecord(error.slice(-MAX_LINKED_TEXT))}>
                Record a fix for it
              </Button>
            )}
            <Button onClick={onClear}>Clear the search</Button>
          </>
        }
      >
        {isError
          ? 'When you have mended it, record how, and it will be suggested next time.'
          : 'The search looks at titles, details, signatures and skills. Paste a whole error to have it matched.'}
      </EmptyState>
    </div>
  );
}
