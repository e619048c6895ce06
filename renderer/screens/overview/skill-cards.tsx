import { useCallback, useRef, useState } from 'react';
import { select, useRoving } from '../../components/use-roving.ts';
import type { Heartbeats } from '../../state/queries.ts';
import { ranges } from '../../state/ranges.ts';
import { skillSelection } from '../../state/selection.ts';
import { useRange } from '../../state/use-range.ts';
import { type MenuPlace, RowMenu } from './row-menu.tsx';
import { SkillCard } from './skill-card.tsx';
import classes from './skill-cards.module.css';

/** Every skill as a card: fewer at once than the table, each readable from further away. */
export function SkillCards(props: { ids: readonly string[]; heartbeats: Heartbeats | undefined }) {
  const { ids, heartbeats } = props;
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(ids);
  shown.current = ids;
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [rangeId] = useRange();
  const roving = useRoving(ids, ids, list, {
    selection: skillSelection,
    sideways: true,
    scrollTo: () => undefined,
  });
  const onMenu = useCallback((place: MenuPlace) => setMenu(place), []);
  const onSelect = useCallback(
    (id: string, range: boolean) => select(skillSelection, shown.current, id, range),
    [],
  );
  return (
    <>
      <ul ref={list} className={classes.cards} aria-label="Skills" onKeyDown={roving.onKeyDown}>
        {ids.map((id, index) => (
          <SkillCard
            key={id}
            skillId={id}
            rowIndex={index}
            heartbeat={heartbeats?.bySkill[id]}
            loading={heartbeats === undefined}
            range={heartbeats?.range ?? ranges[rangeId]}
            from={heartbeats?.from ?? 0}
            tabbable={id === roving.tabbable}
            onFocused={roving.onFocused}
            onMenu={onMenu}
            onSelect={onSelect}
          />
        ))}
      </ul>
      {menu !== null && <RowMenu place={menu} onClose={() => setMenu(null)} />}
    </>
  );
}
