import { Loader } from '@mantine/core';
import type { ChangeEvent } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import { StatusPill } from '../../components/status-pill.tsx';
import { useIsSelected } from '../../state/selection.ts';
import { usePending } from '../../state/skill-actions.ts';
import { useTicking } from '../../state/ticker.ts';
import { nextStep } from './next-step.ts';
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
