import { Skeleton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo, useId } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatCount, formatLatencyPair, formatPercent } from '../../components/format.ts';
import { HeartbeatBar } from '../../components/heartbeat-bar.tsx';
import { Time } from '../../components/time.tsx';
import { useSkill } from '../../state/host-store.ts';
import { useIsSelected } from '../../state/selection.ts';
import { entryHandlers } from './entry-handlers.ts';
import type { EntryProps } from './skill-entry.ts';
import { NextStep, SelectBox, SkillState } from './skill-entry-parts.tsx';
import classes from './skill-table.module.css';
import { recentRestarts } from './sorting.ts';

/** One skill. Takes its own skill from the store, so that a change of one renders one row. */
export const SkillRow = memo(function SkillRow(props: EntryProps) {
  const skill = useSkill(props.skillId);
  return skill === undefined ? null : <KnownRow {...props} skill={skill} />;
});

function KnownRow(props: EntryProps & { skill: Skill }) {
  const { skill, rowIndex, heartbeat, loading, range, from, tabbable, onFocused, onMenu, onSelect } = props;
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
        <Link
          id={nameId}
          to="/skill/$skillId"
          params={{ skillId: skill.id }}
          className={classes.name}
          tabIndex={tabIndex}
          title={skill.description ?? skill.name}
        >
          {skill.id}
        </Link>
      </th>
      <td data-column="state">
        <SkillState skill={skill} />
      </td>
      <td data-column="beats">
        {loading ? (
          <Skeleton height={12} width="100%" radius="sm" />
        ) : (
          <HeartbeatBar name={skill.id} heartbeat={heartbeat} range={range} from={from} tabIndex={tabIndex} />
        )}
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
        <button
          type="button"
          className={classes.dots}
          aria-label={`Actions for ${skill.id}`}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={onDots}
        >
          <IconDots size={16} aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
}
