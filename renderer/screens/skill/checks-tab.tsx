import { SegmentedControl, Skeleton } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { OutcomeKind } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatCount } from '../../components/format.ts';
import segments from '../../components/range-control.module.css';
import { outcomeWords } from './check-words.ts';
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
  const [filter, setFilter] = useState<Filter>('all');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCheckPages(skill.id);
  const checks = useMemo(() => data?.pages.flat() ?? [], [data]);
  const shown = useMemo(
    () => (filter === 'all' ? checks : checks.filter((check) => check.outcome.kind === filter)),
    [checks, filter],
  );

  return (
    <section className={classes.panel} aria-label="Checks">
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          classNames={segments}
          aria-label="Outcome"
          data={[...FILTERS]}
          value={filter}
          onChange={(next) => setFilter(next as Filter)}
        />
        <span className={classes.note} role="status">
          {data !== undefined &&
            `${formatCount(shown.length)} of ${formatCount(checks.length)} shown${hasNextPage ? ', older ones follow as you scroll' : ''}`}
        </span>
      </div>
      {data === undefined && error === null && (
        <Skeleton height={320} radius="md" role="status" aria-label="Loading the checks" />
      )}
      {data === undefined && error !== null && (
        <LoadTrouble what="The checks" error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && checks.length === 0 && (
        <p className={classes.nothing}>Not checked yet. “Check now” asks it at once.</p>
      )}
      {checks.length > 0 && shown.length === 0 && (
        <p className={classes.nothing}>None of these checks was {filter}.</p>
      )}
      {(shown.length > 0 || (checks.length > 0 && hasNextPage)) && (
        <ChecksList
          skillId={skill.id}
          checks={shown}
          busy={isFetchingNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </section>
  );
}
