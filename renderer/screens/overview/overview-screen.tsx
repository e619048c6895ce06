import { Button, TextInput } from '@mantine/core';
import { IconArrowsSort, IconFilter } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { plural } from '../../components/format.ts';
import { RangeControl } from '../../components/range-control.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { useHeartbeats } from '../../state/queries.ts';
import { attention, countStates, inOrder, overviewSentence } from '../../state/selectors.ts';
import { useRange } from '../../state/use-range.ts';
import { AttentionCards } from './attention-cards.tsx';
import { passes } from './filter.ts';
import { FilterChips } from './filter-chips.tsx';
import { NoSkills, NothingPasses } from './overview-empty.tsx';
import classes from './overview-screen.module.css';
import { SkillTable } from './skill-table.tsx';
import { defaultSorting } from './sorting.ts';
import { useStableOrder } from './use-stable-order.ts';

/** From this many skills on, typing is quicker than looking. */
const FILTER_FROM = 10;

/** Every skill at a glance: what is wrong first, then all of them. */
export function OverviewScreen() {
  const skills = useHost((state) => state.skills);
  const order = useHost((state) => state.order);
  const all = useMemo(() => inOrder({ skills, order }), [skills, order]);
  const { show } = useSearch({ from: '/' });
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState(defaultSorting);
  const [rangeId] = useRange();
  const above = useRef<HTMLDivElement>(null);
  const { data: heartbeats } = useHeartbeats(rangeId);
  const { ids, changed, sortAgain } = useStableOrder(all, sorting, heartbeats);

  const { title, aside } = overviewSentence({ skills });
  const header = (
    <ScreenHeader title={title} {...(aside === null ? {} : { aside })}>
      <RangeControl />
    </ScreenHeader>
  );
  if (all.length === 0) {
    return (
      <>
        {header}
        <NoSkills />
      </>
    );
  }

  const shown = ids.filter((id) => {
    const skill = skills[id];
    return skill !== undefined && passes(skill, show, typed);
  });
  return (
    <>
      <div ref={above}>
        {header}
        <div className={classes.tools}>
          <FilterChips counts={countStates({ skills })} total={all.length} show={show} />
          {all.length >= FILTER_FROM && (
            <TextInput
              size="xs"
              className={classes.filter}
              aria-label="Filter by name"
              placeholder="Filter by name"
              leftSection={<IconFilter size={14} />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </div>
        {show === undefined && typed === '' && <AttentionCards skills={attention({ skills, order })} />}
        {changed > 0 && shown.length > 1 && (
          <div className={classes.changed}>
            {plural(changed, 'row has', 'rows have')} changed since this was sorted.
            <Button size="compact-xs" leftSection={<IconArrowsSort size={13} />} onClick={sortAgain}>
              Sort again
            </Button>
          </div>
        )}
      </div>
      {shown.length === 0 ? (
        <NothingPasses total={all.length} />
      ) : (
        <SkillTable ids={shown} above={above} heartbeats={heartbeats} sorting={sorting} onSort={setSorting} />
      )}
    </>
  );
}
