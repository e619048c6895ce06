import { memo, useId } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatCount, formatLatencyPair, formatPercent } from '../../components/format.ts';
import { Time } from '../../components/time.tsx';
import { useSkill } from '../../state/host-store.ts';
import { useIsSelected } from '../../state/selection.ts';
import { entryHandlers } from './entry-handlers.ts';
import type { EntryProps } from './skill-entry.ts';
import { Beats, DotsButton, NextStep, SelectBox, SkillName, SkillState } from './skill-entry-parts.tsx';
import { recentRestarts } from './sorting.ts';

/** One skill. Takes its own skill from the store, so that a change of one renders one row. */
export const SkillRow = memo(function SkillRow(props: EntryProps) {
  const skill = useSkill(props.skillId);
  return skill === undefined ? null : <KnownRow {...props} skill={skill} />;
});

function KnownRow(props: EntryProps & { skill: Skill }) {
  const { skill, rowIndex, heartbeat, tabbable, onFocused, onMenu, onSelect } = props;
  const nameId = useId();
  const tabIndex = tabbable ? 0 : -1;

  const { onKeyDown, onContextMenu, onDots } = entryHandlers(skill, onMenu);
  const selected = useIsSelected(skill.id);
  return (
    <tr
      data-row={rowIndex}
      aria-rowindex={rowIndex + 2}
      data-selected={selected || undefined}
      onFocus={() => onFocused(skill.id)}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <td data-column="select">
        <SelectBox skillId={skill.id} nameId={nameId} tabIndex={tabIndex} onSelect={onSelect} />
      </td>
      <th scope="row" data-column="skill">
        <SkillName skill={skill} id={nameId} tabIndex={tabIndex} />
      </th>
      <td data-column="state">
        <SkillState skill={skill} />
      </td>
      <td data-column="beats">
        <Beats {...props} tabIndex={tabIndex} />
      </td>
      <td data-column="healthy">{formatPercent(heartbeat?.healthyShare ?? null)}</td>
      <td data-column="latency">{formatLatencyPair(heartbeat?.p50Ms ?? null, heartbeat?.p95Ms ?? null)}</td>
      <td data-column="last">
        <Time at={skill.health.lastCheck} none="never" />
      </td>
      <td data-column="next">
        <NextStep skill={skill} />
      </td>
      <td data-column="restarts" title={`${formatCount(skill.process.restarts)} since the host started`}>
        {formatCount(recentRestarts(skill))}
      </td>
      <td data-column="failures">
        {skill.failuresInWindow === 0
          ? '0'
          : `${skill.failuresInWindow} of ${skill.config.health.maxFailuresInWindow}`}
      </td>
      <td data-column="menu">
        <DotsButton skillId={skill.id} tabIndex={tabIndex} onClick={onDots} />
      </td>
    </tr>
  );
}
