import { SegmentedControl, Skeleton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OutcomeKind } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { outcomeWords } from '../../components/check-words.ts';
import { plural } from '../../components/format.ts';
import segments from '../../components/range-control.module.css';
import { ChecksList } from './checks-list.tsx';
import { LoadTrouble } from './load-trouble.tsx';
import classes from './panel.module.css';
import { useCheckPages } from './use-check-pages.ts';

type Filter = OutcomeKind | 'all';
const KINDS = ['healthy', 'degraded', 'failed', 'unreachable'] as const;
const FILTERS: readonly { readonly value: Filter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  ...KINDS.map((kind) => ({ value: kind, label: outcomeWords(kind).word })),
];

/** Every single check, newest first: what was answered, how fast, and what was wrong. */
export function ChecksTab({ skill }: { skill: Skill }) {
  const { outcome } = useSearch({ from: '/skill/$skillId' });
  const navigate = useNavigate({ from: '/skill/$skillId' });
  const filter: Filter = outcome ?? 'all';
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCheckPages(
    skill.id,
    outcome,
  );
  const checks = useMemo(() => data?.pages.flat() ?? [], [data]);

  return (
    <section className={classes.panel} aria-label="Checks">
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          classNames={segments}
          aria-label="Outcome"
          data={[...FILTERS]}
          value={filter}
          onChange={(next) =>
            void navigate({
              search: (search) => ({
                ...search,
                outcome: next === 'all' ? undefined : (next as OutcomeKind),
              }),
              replace: true,
            })
          }
        />
        <span className={classes.note} role="status">
          {data !== undefined &&
            `${plural(checks.length, 'check', 'checks')}${hasNextPage ? ', older ones follow as you scroll' : ''}`}
        </span>
      </div>
      {data === undefined && error === null && (
        <Skeleton height={320} radius="md" role="status" aria-label="Loading the checks" />
      )}
      {data === undefined && error !== null && (
        <LoadTrouble what="The checks" error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && checks.length === 0 && (
        <p className={classes.nothing}>
          {outcome === undefined
            ? 'Not checked yet. “Check now” asks it at once.'
            : `No check on record was ${outcome}.`}
        </p>
      )}
      {checks.length > 0 && (
        <ChecksList
          key={filter}
          skill={skill}
          checks={checks}
          busy={isFetchingNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </section>
  );
}
