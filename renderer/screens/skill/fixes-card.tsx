import type { Skill } from '../../../shared/model/skill.ts';
import { errorOf } from '../../components/display-state.ts';
import { RepairAdvice } from '../../components/repair-advice.tsx';
import { SuggestedFix } from '../../components/suggested-fix.tsx';
import { RecordFixButton } from './record-fix-button.tsx';
import classes from './side-card.module.css';

/** What fixed the present trouble before. Nothing is shown where nothing is wrong. */
export function FixesCard({ skill }: { skill: Skill }) {
  const error = errorOf(skill);
  if (error === null) return null;
  return (
    <section className={classes.card} aria-labelledby="fixes-heading">
      <div className={classes.head}>
        <h2 id="fixes-heading" className={classes.title}>
          What fixed it before
        </h2>
      </div>
      <SuggestedFix skillId={skill.id} error={error} />
      <RepairAdvice skillId={skill.id} error={error} />
      <div className={classes.foot}>
        <RecordFixButton skillId={skill.id} error={error} />
      </div>
    </section>
  );
}
