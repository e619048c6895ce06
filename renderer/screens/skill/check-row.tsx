import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { Check } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { clockText } from '../../charts/stretch-text.ts';
import { answerOf, errorOfCheck, outcomeWords, questionOf } from '../../components/check-words.ts';
import { ErrorText } from '../../components/error-text.tsx';
import { formatExact, formatLatency } from '../../components/format.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { CheckLog } from './check-log.tsx';
import classes from './checks-list.module.css';
import { RecordFixButton } from './record-fix-button.tsx';

export interface CheckRowProps {
  readonly skill: Skill;
  readonly check: Check;
  readonly open: boolean;
  onToggle(): void;
}

/** One check: outcome, time and latency at a glance, everything known about it when opened. */
export function CheckRow({ skill, check, open, onToggle }: CheckRowProps) {
  const details = useId();
  const { state, word } = outcomeWords(check.outcome.kind);
  const error = errorOfCheck(check);
  const cause = 'cause' in check.outcome ? check.outcome.cause : undefined;
  return (
    <>
      <button
        type="button"
        className={classes.row}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={onToggle}
      >
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <span className={classes.time}>{clockText(check.at, Date.now())}</span>
        <span className={classes.outcome}>
          <StateIcon state={state} size={14} />
          {word}
        </span>
        <span className={classes.latency}>
          {check.latencyMs === null ? '–' : formatLatency(check.latencyMs)}
        </span>
        <span className={classes.error}>{error}</span>
      </button>
      {open && (
        <div id={details} className={classes.details}>
          <dl className={classes.facts}>
            <dt>Asked at</dt>
            <dd>{formatExact(check.at)}</dd>
            <dt>Question</dt>
            <dd className={classes.signature}>{questionOf(skill)}</dd>
            <dt>Answer</dt>
            <dd>{answerOf(check, check.latencyMs === null ? null : formatLatency(check.latencyMs))}</dd>
            {cause !== undefined && (
              <>
                <dt>Kind of failure</dt>
                <dd>{cause}</dd>
              </>
            )}
            {check.signature !== undefined && (
              <>
                <dt>Signature</dt>
                <dd className={classes.signature}>{check.signature}</dd>
              </>
            )}
          </dl>
          {error !== null && <ErrorText text={error} lines={14} />}
          <CheckLog skillId={skill.id} check={check} />
          {error !== null && (
            <div className={classes.actions}>
              <RecordFixButton skillId={skill.id} error={error} />
            </div>
          )}
        </div>
      )}
    </>
  );
}
