import { Anchor, Button, Collapse, Skeleton } from '@mantine/core';
import { IconBulb, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FixMatch, FixTrial } from '../../shared/model/fix.ts';
import { useFixMatches, useFixTrials } from '../state/queries.ts';
import { lastUsed, learntOn, MAX_ERROR_TEXT, splitFixText, workedInWords } from './fix-text.ts';
import classes from './suggested-fix.module.css';
import { ApplyFix } from './suggested-fix-apply.tsx';
import { Day } from './suggested-fix-day.tsx';
import { FixFeedback } from './suggested-fix-feedback.tsx';
import { tierInWords } from './suggested-fix-tier.ts';
import { trialOf } from './suggested-fix-trial.ts';

export interface SuggestedFixProps {
  readonly skillId: string;
  /** The error as the skill gave it; the host makes the signature. */
  readonly error: string;
  /** Inside a card: details and reasons stay folded until asked for. */
  readonly compact?: boolean;
}

/** What fixed this error before, best first, with a way to say whether it helped; or an invitation to record a fix. */
export function SuggestedFix({ skillId, error, compact = false }: SuggestedFixProps) {
  const asked = error.slice(0, MAX_ERROR_TEXT);
  const query = useFixMatches(asked, skillId);
  const trials = useFixTrials(skillId);
  const [othersShown, setOthersShown] = useState(false);

  if (asked.trim() === '') return <NothingKnown skillId={skillId} error="" />;

  if (query.data === undefined) {
    if (!query.isError)
      return (
        <Skeleton height={compact ? 48 : 72} radius="md" role="status" aria-label="Looking for known fixes" />
      );
    return (
      <div className={classes.none}>
        <span>Known fixes could not be looked up: {query.error.message}</span>
        <Button variant="subtle" size="compact-xs" onClick={() => void query.refetch()}>
          Try again
        </Button>
      </div>
    );
  }

  const [best, ...others] = query.data.matches;
  if (best === undefined) return <NothingKnown skillId={skillId} error={error} />;
  return (
    <section className={classes.stack} aria-label="Suggested fix">
      <Suggestion
        key={best.pattern.id}
        match={best}
        skillId={skillId}
        trial={trialOf(trials.data, best.pattern.id)}
        folded={compact}
      />
      {others.length > 0 && (
        <>
          <Anchor
            component="button"
            type="button"
            size="sm"
            className={classes.others}
            aria-expanded={othersShown}
            onClick={() => setOthersShown((shown) => !shown)}
          >
            {othersShown ? 'Hide the others' : `Others (${others.length})`}
          </Anchor>
          <Collapse expanded={othersShown}>
            <div className={classes.stack}>
              {others.map((match) => (
                <Suggestion
                  key={match.pattern.id}
                  match={match}
                  skillId={skillId}
                  trial={trialOf(trials.data, match.pattern.id)}
                  folded
                />
              ))}
            </div>
          </Collapse>
        </>
      )}
    </section>
  );
}

interface SuggestionProps {
  readonly match: FixMatch;
  readonly skillId: string;
  readonly trial: FixTrial | undefined;
  readonly folded: boolean;
}

function Suggestion({ match, skillId, trial, folded }: SuggestionProps) {
  const { pattern, tier, why } = match;
  const { title, details } = splitFixText(pattern.fixDescription);
  const { label, certainty } = tierInWords(tier);
  const [open, setOpen] = useState(!folded);
  // For the same error in the same skill the line above says it all.
  const reason = tier === 'exact-here' ? '' : why;
  const hasMore = details !== '' || reason !== '';
  return (
    <article className={classes.suggestion} data-certainty={certainty}>
      <IconBulb className={classes.icon} size={17} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>
          {certainty === 'maybe' ? 'Perhaps: ' : 'Fixed before: '}“{title}”
        </p>
        <p className={classes.facts}>
          {[label, learntOn(pattern), workedInWords(pattern)].filter((part) => part !== null).join(' · ')}
          {' · last on '}
          <Day at={lastUsed(pattern)} />
        </p>
        {open && details !== '' && <p className={classes.details}>{details}</p>}
        {open && reason !== '' && <p className={classes.facts}>{reason}</p>}
        <div className={classes.buttons}>
          <ApplyFix pattern={pattern} skillId={skillId} trial={trial} />
          <FixFeedback pattern={pattern} skillId={skillId} />
          {folded && hasMore && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-expanded={open}
              onClick={() => setOpen((shown) => !shown)}
            >
              {open ? 'Less' : reason === '' ? 'How' : 'How and why'}
            </Button>
          )}
        </div>
      </div>
    </article>
  );
}

/** The longest error carried in an address, in characters: the end of a traceback names the exception. */
const MAX_LINKED_TEXT = 4000;

function NothingKnown({ skillId, error }: { skillId: string; error: string }) {
  return (
    <div className={classes.none}>
      <IconPencil className={classes.icon} size={16} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>Nothing known fixes this yet.</p>
        <p className={classes.facts}>
          When you have mended it,{' '}
          <Link
            to="/fixes"
            search={{ record: 1, skill: skillId, error: error.slice(-MAX_LINKED_TEXT) }}
            className={classes.link}
          >
            record how
          </Link>
          , and it will be suggested next time.
        </p>
      </div>
    </div>
  );
}
