import { memo, useId } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatLatencyPair, formatPercent } from '../../components/format.ts';
import { Time } from '../../components/time.tsx';
import { useSkill } from '../../state/host-store.ts';
import { useIsSelected } from '../../state/selection.ts';
import { entryHandlers } from './entry-handlers.ts';
import classes from './skill-cards.module.css';
import type { EntryProps } from './skill-entry.ts';
import { Beats, DotsButton, NextStep, SelectBox, SkillName, SkillState } from './skill-entry-parts.tsx';

/** One skill as a card. Takes its own skill from the store, so that a change of one draws one card. */
export const SkillCard = memo(function SkillCard(props: EntryProps) {
  const skill = useSkill(props.skillId);
  return skill === undefined ? null : <KnownCard {...props} skill={skill} />;
});

function KnownCard(props: EntryProps & { skill: Skill }) {
  const { skill, rowIndex, heartbeat, tabbable, onFocused, onMenu, onSelect } = props;
  const nameId = useId();
  const tabIndex = tabbable ? 0 : -1;
  const { onKeyDown, onContextMenu, onDots } = entryHandlers(skill, onMenu);
  const selected = useIsSelected(skill.id);
  return (
    <li
      className={classes.card}
      data-row={rowIndex}
      data-selected={selected || undefined}
      onFocus={() => onFocused(skill.id)}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <div className={classes.head}>
        <SelectBox skillId={skill.id} nameId={nameId} tabIndex={tabIndex} onSelect={onSelect} />
        <SkillName skill={skill} id={nameId} tabIndex={tabIndex} />
        <DotsButton skillId={skill.id} tabIndex={tabIndex} onClick={onDots} />
      </div>
      <div className={classes.state}>
        <SkillState skill={skill} />
        <span className={classes.next}>
          <NextStep skill={skill} />
        </span>
      </div>
      <Beats {...props} tabIndex={tabIndex} />
      <dl className={classes.facts}>
        <div>
          <dt>Healthy</dt>
          <dd>
            {formatPercent(heartbeat?.healthyShare ?? null)}
            {typeof heartbeat?.healthyShare === 'number' && ' %'}
          </dd>
        </div>
        <div>
          <dt>p50 / p95</dt>
          <dd>{formatLatencyPair(heartbeat?.p50Ms ?? null, heartbeat?.p95Ms ?? null)}</dd>
        </div>
        <div>
          <dt>Last check</dt>
          <dd>
            <Time at={skill.health.lastCheck} none="never" />
          </dd>
        </div>
      </dl>
    </li>
  );
}
