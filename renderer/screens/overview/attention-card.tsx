import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState, errorOf } from '../../components/display-state.ts';
import { ErrorText } from '../../components/error-text.tsx';
import { Orders } from '../../components/fleet/locked.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { SuggestedFix } from '../../components/suggested-fix.tsx';
import { type SkillActionId, skillActions } from '../../state/skill-action-list.ts';
import { reloadSkills, usePending } from '../../state/skill-actions.ts';
import { useTicking } from '../../state/ticker.ts';
import classes from './attention-card.module.css';
import { nextStepSentence, troubleSince } from './next-step.ts';

/** What a card offers, in this order; the first there is becomes the main button. */
const offered: readonly SkillActionId[] = ['release', 'check', 'restart', 'quarantine'];
const labels: Partial<Record<SkillActionId, string>> = { release: 'Release as trial…' };

/** One skill in trouble: what, since when, why, what happens next, what helped before, what to do. */
export const AttentionCard = memo(function AttentionCard({ skill }: { skill: Skill }) {
  const { state, word } = displayState(skill);
  const error = errorOf(skill);
  const since = useTicking((now) => troubleSince(skill, now));
  const next = useTicking((now) => nextStepSentence(skill, now));
  return (
    <article className={classes.card} data-state={state} aria-label={`${skill.id}: ${word}`}>
      <header className={classes.head}>
        <StateIcon state={state} size={18} />
        <h2 className={classes.name}>
          <Link to="/skill/$skillId" params={{ skillId: skill.id }}>
            {skill.id}
          </Link>
        </h2>
        <span className={classes.since}>{since}</span>
        <span className={classes.next}>{next}</span>
      </header>
      {error !== null && <ErrorText text={error} lines={2} />}
      {error !== null && skill.broken === undefined && (
        <SuggestedFix skillId={skill.id} error={error} compact />
      )}
      <Actions skill={skill} error={error} />
    </article>
  );
});

function Actions({ skill, error }: { skill: Skill; error: string | null }) {
  const pending = usePending(skill.id);
  const possible = skillActions(skill);
  const buttons = offered.flatMap((id) => possible.find((action) => action.id === id) ?? []);
  return (
    <footer className={classes.actions}>
      <Orders>
        {buttons.map((action, index) => (
          <Button
            key={action.id}
            variant={index === 0 ? 'filled' : 'default'}
            loading={pending === action.id}
            disabled={pending !== null && pending !== action.id}
            onClick={() => action.run(skill.id)}
          >
            {labels[action.id] ?? action.label}
          </Button>
        ))}
        {skill.broken !== undefined && (
          <Button variant="filled" onClick={() => void reloadSkills()}>
            Read the folders again
          </Button>
        )}
      </Orders>
      {error !== null && skill.broken === undefined && (
        <ButtonLink
          variant="subtle"
          to="/fixes"
          search={{ record: 1, skill: skill.id, error: error.slice(0, 4000) }}
        >
          Record a fix
        </ButtonLink>
      )}
      <ButtonLink
        variant="subtle"
        className={classes.why}
        to="/skill/$skillId"
        params={{ skillId: skill.id }}
        aria-label={`Why? Open ${skill.id}`}
      >
        Why?
      </ButtonLink>
    </footer>
  );
}
