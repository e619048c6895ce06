import { Button, Tooltip } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import { FindButton } from '../../components/find-button.tsx';
import { Orders } from '../../components/fleet/locked.tsx';
import { formatBytes } from '../../components/format.ts';
import { NoticeBell } from '../../components/notice-bell.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { Time } from '../../components/time.tsx';
import { type SkillActionId, skillActions } from '../../state/skill-action-list.ts';
import { usePending } from '../../state/skill-actions.ts';
import classes from './skill-header.module.css';
import { SkillMenu } from './skill-menu.tsx';

/** Buttons of their own; what is left is in the menu. */
const IN_FRONT: readonly SkillActionId[] = ['check', 'restart', 'start', 'quarantine', 'release', 'activate'];
/** The way back into service: the one thing to do with a skill that is out of it. */
const LEADING: readonly SkillActionId[] = ['start', 'release', 'activate'];

/** Which skill this is, what runs, and what can be done with it. */
export function SkillHeader({ skill }: { skill: Skill }) {
  const { state, word } = displayState(skill);
  const pending = usePending(skill.id);
  const actions = skillActions(skill);
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <StateIcon state={state} size={26} />
        <div className={classes.names}>
          <h1 id="skill-name" className={classes.name}>
            {skill.id}
            <span className={classes.hidden}>, {word}</span>
          </h1>
          <p className={classes.facts}>
            {factsOf(skill).map(([key, fact], index) => (
              <Fragment key={key}>
                {index > 0 && ' · '}
                {fact}
              </Fragment>
            ))}
            {skill.description !== null && (
              <span className={classes.description} title={skill.description}>
                {' · '}
                {skill.description}
              </span>
            )}
          </p>
        </div>
        <div className={classes.buttons}>
          <Orders>
            {actions
              .filter((action) => IN_FRONT.includes(action.id))
              .map((action) => (
                <Tooltip key={action.id} label={action.keys} disabled={action.keys === null}>
                  <Button
                    variant={LEADING.includes(action.id) ? 'filled' : 'default'}
                    loading={pending === action.id}
                    disabled={pending !== null && pending !== action.id}
                    onClick={() => action.run(skill.id)}
                  >
                    {action.label}
                  </Button>
                </Tooltip>
              ))}
          </Orders>
          <SkillMenu skill={skill} actions={actions.filter((action) => !IN_FRONT.includes(action.id))} />
          <FindButton />
          <NoticeBell />
        </div>
      </div>
    </header>
  );
}

function factsOf(skill: Skill): readonly (readonly [key: string, fact: ReactNode])[] {
  const { process } = skill;
  const facts: [string, ReactNode][] = [
    ['name', skill.name === skill.id ? skill.version : `${skill.name} ${skill.version}`],
  ];
  if (process.pid !== null) facts.push(['pid', `pid ${process.pid}`]);
  if (process.state === 'running' && process.startedAt !== null) {
    facts.push([
      'up',
      <>
        up <Time at={process.startedAt} style="since" />
      </>,
    ]);
  }
  if (process.memoryBytes !== null) facts.push(['memory', formatBytes(process.memoryBytes)]);
  if (process.interpreter !== null) facts.push(['interpreter', process.interpreter]);
  facts.push(['protocol', skill.protocol === 'mcp' ? 'MCP' : 'skill protocol']);
  if (skill.mode === 'one-shot') facts.push(['mode', 'one-shot']);
  return facts;
}
