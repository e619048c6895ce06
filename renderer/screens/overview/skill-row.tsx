import { Loader, Skeleton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import type { Heartbeat } from '../../../shared/model/history.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import { formatCount, formatLatencyPair, formatPercent } from '../../components/format.ts';
import { HeartbeatBar } from '../../components/heartbeat-bar.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { useSkill } from '../../state/host-store.ts';
import type { Range } from '../../state/ranges.ts';
import { skillActionForKey } from '../../state/skill-action-list.ts';
import { usePending } from '../../state/skill-actions.ts';
import { useTicking } from '../../state/ticker.ts';
import { nextStep } from './next-step.ts';
import type { MenuPlace } from './row-menu.tsx';
import classes from './skill-table.module.css';

interface RowProps {
  readonly skillId: string;
  /** From 0, in the whole table. */
  readonly rowIndex: number;
  readonly heartbeat: Heartbeat | undefined;
  readonly loading: boolean;
  readonly range: Range;
  readonly from: number;
  readonly tabbable: boolean;
  readonly onFocused: (skillId: string) => void;
  readonly onMenu: (place: MenuPlace) => void;
}

/** One skill. Takes its own skill from the store, so that a change of one renders one row. */
export const SkillRow = memo(function SkillRow(props: RowProps) {
  const skill = useSkill(props.skillId);
  return skill === undefined ? null : <KnownRow {...props} skill={skill} />;
});

function KnownRow(props: RowProps & { skill: Skill }) {
  const { skill, rowIndex, heartbeat, loading, range, from, tabbable, onFocused, onMenu } = props;
  const tabIndex = tabbable ? 0 : -1;

  function onKeyDown(event: KeyboardEvent): void {
    const action = skillActionForKey(skill, event);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    action.run(skill.id);
  }

  function onContextMenu(event: MouseEvent): void {
    event.preventDefault();
    onMenu({ skillId: skill.id, x: event.clientX, y: event.clientY });
  }

  function onDots(event: MouseEvent<HTMLButtonElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    onMenu({ skillId: skill.id, x: box.right, y: box.bottom, button: event.currentTarget });
  }

  return (
    <tr
      data-row={rowIndex}
      aria-rowindex={rowIndex + 2}
      onFocus={() => onFocused(skill.id)}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <th scope="row" data-column="skill">
        <Link
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
        <State skill={skill} />
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
        <Next skill={skill} />
      </td>
      <td data-column="restarts">{formatCount(skill.process.restarts)}</td>
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

function State({ skill }: { skill: Skill }) {
  const pending = usePending(skill.id);
  return (
    <span className={classes.state}>
      <StatusPill {...displayState(skill)} />
      {skill.trialChecksLeft !== null && <span className={classes.note}>trial</span>}
      {pending !== null && <Loader size={12} aria-label={`${pending} is being carried out`} />}
    </span>
  );
}

function Next({ skill }: { skill: Skill }) {
  return <>{useTicking((now) => nextStep(skill, now))}</>;
}
