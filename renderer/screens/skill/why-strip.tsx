import type { Skill } from '../../../shared/model/skill.ts';
import { ErrorText } from '../../components/error-text.tsx';
import { formatCount, formatLatency } from '../../components/format.ts';
import { Time } from '../../components/time.tsx';
import { RemedyOffer } from './remedy-offer.tsx';
import { endingOf, type WhyFact, whyOf } from './why.ts';
import classes from './why-strip.module.css';

/** Why the skill is as it is, since when, how near the limits, and what happens next. */
export function WhyStrip({ skill }: { skill: Skill }) {
  const why = whyOf(skill);
  const ending = why.error === null ? null : endingOf(skill);
  return (
    <section className={classes.strip} data-state={why.state} aria-label="Why">
      <div className={classes.story}>
        <p className={classes.head}>
          <strong>{why.word}</strong>
          {why.since !== null && (
            <span className={classes.since}>
              {' since '}
              <Time at={why.since} style="clock" /> (<Time at={why.since} style="since" />)
            </span>
          )}
          {ending !== null && ending.text !== why.error && (
            <span className={classes.since}>
              {' · process '}
              {ending.text}, <Time at={ending.at} style="ago" />
            </span>
          )}
        </p>
        {why.error !== null && <ErrorText text={why.error} lines={3} />}
        {why.next !== null && <p className={classes.next}>{why.next}</p>}
        {why.remedy !== null && <RemedyOffer skill={skill} remedy={why.remedy} />}
      </div>
      {why.facts.length > 0 && (
        <dl className={classes.facts}>
          {why.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>
                <FactValue value={fact.value} />
                {fact.note !== undefined && <span className={classes.note}> {fact.note}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function FactValue({ value }: { value: WhyFact['value'] }) {
  switch (value.kind) {
    case 'count':
      return (
        <>
          <b>{formatCount(value.count)}</b>
          {value.of !== null && ` of ${formatCount(value.of)}`}
        </>
      );
    case 'in':
    case 'ago':
      return (
        <b>
          <Time at={value.at} style={value.kind} />
        </b>
      );
    case 'latency':
      return <b>{formatLatency(value.ms)}</b>;
  }
}
