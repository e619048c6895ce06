import type { Action } from '../../../shared/model/action.ts';
import { formatClockSeconds } from '../format.ts';
import { actionWords, originWords } from '../happened.ts';
import { StateIcon } from '../state-icon.tsx';
import classes from './log-mark.module.css';

/** What was done to the skill, between the lines where it happened. */
export function LogMark({ action }: { action: Action }) {
  const words = actionWords(action.kind);
  const note = [originWords(action.origin), action.reason].filter((part) => part !== '').join(' · ');
  return (
    <div className={classes.mark}>
      <StateIcon state={words?.state ?? 'none'} />
      <span className={classes.words}>
        {formatClockSeconds(action.at)} <b>{action.skillId}</b> {words?.title.toLowerCase()}
        <span className={classes.note}> · {note}</span>
      </span>
    </div>
  );
}
