import { Button, TextInput } from '@mantine/core';
import { IconArrowsSort, IconFilter, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { plural } from '../../components/format.ts';
import { Guard } from '../../components/guard.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { RangeControl } from '../../components/range-control.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useSameList } from '../../components/use-same-list.ts';
import { useHost } from '../../state/host-store.ts';
import { useOverviewView } from '../../state/overview-view.ts';
import { useHeartbeats } from '../../state/queries.ts';
import { changeSelection, nothingSelected, within } from '../../state/selection.ts';
import { attention, countStates, inOrder, overviewSentence } from '../../state/selectors.ts';
import { useRange } from '../../state/use-range.ts';
import { useTyped } from '../../state/use-typed.ts';
import { AttentionCards } from './attention-cards.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { passes } from './filter.ts';
import { FilterChips } from './filter-chips.tsx';
import { FirstSteps } from './first-steps.tsx';
import { NoSkills, NothingPasses } from './overview-empty.tsx';
import classes from './overview-screen.module.css';
import { SkillCards } from './skill-cards.tsx';
import { SkillTable } from './skill-table.tsx';
import { defaultSorting } from './sorting.ts';
import { useStableOrder } from './use-stable-order.ts';
import { ViewControl } from './view-control.tsx';

/** From this many skills on, typing is quicker than looking. */
const FILTER_FROM = 4;

/** Outside the screen, so that they are not drawn again with every change of a skill. */
const controls = (
  <>
    <RangeControl />
    <ButtonLink to="/add" leftSection={<IconPlus size={15} aria-hidden />}>
      Add a skill
    </ButtonLink>
  </>
);
const viewControl = <ViewControl />;

/** Every skill at a glance: what is wrong first, then all of them. */
export function OverviewScreen() {
  const skills = useHost((state) => state.skills);
  const order = useHost((state) => state.order);
  const all = useMemo(() => inOrder({ skills, order }), [skills, order]);
  const { show, q: asked = '' } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [q, filter] = useTyped(asked, (typed) => {
    const next = typed === '' ? undefined : typed.slice(0, 100);
    void navigate({ search: (search) => ({ ...search, q: next }), replace: true, resetScroll: false });
  });
  const [sorting, setSorting] = useState(defaultSorting);
  const [rangeId] = useRange();
  const view = useOverviewView();
  const above = useRef<HTMLDivElement>(null);
  const { data: heartbeats } = useHeartbeats(rangeId);
  const { ids, changed, sortAgain } = useStableOrder(all, sorting, heartbeats);
  const shown = useSameList(
    ids.filter((id) => {
      const skill = skills[id];
      return skill !== undefined && passes(skill, show, q);
    }),
  );
  // A row that is gone or filtered away must not be acted on unseen; nor must any after this screen is left.
  useEffect(() => changeSelection((selection) => within(selection, shown)));
  useEffect(() => () => changeSelection(() => nothingSelected), []);

  const { title, aside } = overviewSentence({ skills });
  const header = (
    <ScreenHeader title={title} {...(aside === null ? {} : { aside })}>
      {controls}
    </ScreenHeader>
  );
  if (all.length === 0) {
    return (
      <>
        {header}
        <FirstSteps />
        <NoSkills />
      </>
    );
  }

  return (
    <>
      <div ref={above}>
        {header}
        <FirstSteps />
        <div className={classes.tools}>
          <FilterChips counts={countStates({ skills })} total={all.length} show={show} />
          <div className={classes.right}>
            {(all.length >= FILTER_FROM || q !== '') && (
              <TextInput
                size="xs"
                className={classes.filter ?? ''}
                aria-label="Filter by name"
                data-screen-find
                placeholder="Filter by name"
                leftSection={<IconFilter size={14} />}
                value={q}
                onChange={(event) => filter(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') filter('');
                }}
              />
            )}
            {viewControl}
          </div>
        </div>
        {show === undefined && q === '' && <AttentionCards skills={attention({ skills, order })} />}
        {changed > 0 && shown.length > 1 && (
          <div className={classes.changed}>
            {plural(changed, 'row has', 'rows have')} changed since this was sorted.
            <Button size="compact-xs" leftSection={<IconArrowsSort size={13} />} onClick={sortAgain}>
              Sort again
            </Button>
          </div>
        )}
      </div>
      <Guard what="list of skills">
        {shown.length === 0 ? (
          <NothingPasses total={all.length} show={show} typed={q} />
        ) : view === 'cards' ? (
          <SkillCards ids={shown} heartbeats={heartbeats} />
        ) : (
          <SkillTable
            ids={shown}
            above={above}
            heartbeats={heartbeats}
            sorting={sorting}
            onSort={setSorting}
            compact={view === 'compact'}
          />
        )}
      </Guard>
      <BulkBar />
    </>
  );
}
