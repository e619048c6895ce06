import type { Skill } from '../../../shared/model/skill.ts';
import { displayState, severity } from '../../components/display-state.ts';
import { Guard } from '../../components/guard.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { AttentionCard } from './attention-card.tsx';
import classes from './attention-cards.module.css';

/** More cards than this are a list again: the table below does that better. */
const MOST = 4;

/** The skills that call for a person, worst and newest first. */
export function AttentionCards({ skills }: { skills: readonly Skill[] }) {
  if (skills.length === 0) return null;
  const sorted = skills.toSorted(
    (a, b) => urgency(a) - urgency(b) || (b.healthSince ?? 0) - (a.healthSince ?? 0),
  );
  const hidden = sorted.length - MOST;
  return (
    <section aria-label="Needs attention" className={classes.section}>
      <div className={classes.cards}>
        {sorted.slice(0, MOST).map((skill) => (
          <Guard key={skill.id} what="card">
            <AttentionCard skill={skill} />
          </Guard>
        ))}
      </div>
      {hidden > 0 && (
        <AnchorLink to="/" search={{ show: 'attention' }} size="sm" className={classes.more}>
          {hidden} more {hidden === 1 ? 'skill needs' : 'skills need'} attention
        </AnchorLink>
      )}
    </section>
  );
}

/** A skill that never ran can wait: it is behind those that were working. */
function urgency(skill: Skill): number {
  return skill.broken === undefined ? severity[displayState(skill).state] : severity.off;
}
