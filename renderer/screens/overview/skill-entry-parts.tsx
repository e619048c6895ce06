import { Loader } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ChangeEvent, MouseEventHandler } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import { HeartbeatBar } from '../../components/heartbeat-bar.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import { useIsSelected } from '../../state/selection.ts';
import { usePending } from '../../state/skill-actions.ts';
import { useTicking } from '../../state/ticker.ts';
import { nextStep } from './next-step.ts';
import type { EntryProps } from './skill-entry.ts';
import classes from './skill-entry-parts.module.css';

/** The state of a skill by shape and word, whether it is on trial, and what is being done to it. */
export function SkillState({ skill }: { skill: Skill }) {
  const pending = usePending(skill.id);
  return (
    <span className={classes.state}>
      <StatusPill {...displayState(skill)} />
      {skill.trialChecksLeft !== null && <span className={classes.note}>trial</span>}
      {pending !== null && <Loader size={12} aria-label={`${pending} is being carried out`} />}
    </span>
  );
}

export function NextStep({ skill }: { skill: Skill }) {
  return <>{useTicking((now) => nextStep(skill, now))}</>;
}

/** Selects one skill; with Shift, everything from the last one to this one. Named by the skill's own link. */
export function SelectBox(props: {
  skillId: string;
  nameId: string;
  tabIndex: 0 | -1;
  onSelect: (skillId: string, range: boolean) => void;
}) {
  const { skillId, nameId, tabIndex, onSelect } = props;
  const checked = useIsSelected(skillId);
  function change(event: ChangeEvent<HTMLInputElement>): void {
    // A change of a checkbox comes from a click, also by keyboard.
    const { nativeEvent } = event;
    onSelect(skillId, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  }
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-labelledby={nameId}
      title="Select"
      checked={checked}
      tabIndex={tabIndex}
      onChange={change}
    />
  );
}

/** The way to the skill's page, and its name for what else is in the entry. */
export function SkillName({ skill, id, tabIndex }: { skill: Skill; id: string; tabIndex: 0 | -1 }) {
  return (
    <Link
      id={id}
      to="/skill/$skillId"
      params={{ skillId: skill.id }}
      className={classes.name}
      tabIndex={tabIndex}
      title={skill.description ?? skill.name}
    >
      {skill.id}
    </Link>
  );
}

/** Opens the menu of what can be done to the skill. */
export function DotsButton(props: {
  skillId: string;
  tabIndex: 0 | -1;
  onClick: MouseEventHandler<HTMLButtonElement>;
}) {
  return (
    <button
      type="button"
      className={classes.dots}
      aria-label={`Actions for ${props.skillId}`}
      aria-haspopup="menu"
      tabIndex={props.tabIndex}
      onClick={props.onClick}
    >
      <IconDots size={16} aria-hidden="true" />
    </button>
  );
}

/** Its heartbeats, or their place: a plain block, as there are as many as rows in the first frame. */
export function Beats(
  props: Pick<EntryProps, 'skillId' | 'heartbeat' | 'loading' | 'range' | 'from'> & { tabIndex: 0 | -1 },
) {
  const { skillId, heartbeat, loading, range, from, tabIndex } = props;
  if (loading) return <div className={classes.waiting} />;
  return <HeartbeatBar name={skillId} heartbeat={heartbeat} range={range} from={from} tabIndex={tabIndex} />;
}
