import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { logLineText, plainText } from '../../../shared/model/log-text.ts';
import { feedback } from '../../state/feedback.ts';
import { MAX_ERROR_TEXT } from '../fix-text.ts';
import { plural } from '../format.ts';
import { jsonLayout } from './json-text.ts';
import classes from './log-view.module.css';
import type { LogSelection } from './use-log-selection.ts';

/** The longest error an address carries, characters. */
const MAX_ADDRESS_TEXT = Math.min(4000, MAX_ERROR_TEXT);

export interface LogLineActions {
  copy(): void;
  recordFix(): void;
  /** Null where the surroundings are shown already, or several lines are selected. */
  readonly inContext: (() => void) | null;
}

/** What can be done with the lines selected. */
export function useLogLineActions(
  { lines }: LogSelection,
  showInContext: (address: string) => void,
  hasContext: boolean,
): LogLineActions {
  const navigate = useNavigate();
  const [only] = lines;
  return {
    copy: () => {
      const text = lines.map(logLineText).join('\n');
      navigator.clipboard.writeText(text).then(
        () => feedback.done(`Copied ${plural(lines.length, 'line', 'lines')}`, { key: 'log-copy' }),
        (error: unknown) => feedback.error('Could not be copied', error, { key: 'log-copy' }),
      );
    },
    recordFix: () => {
      if (only === undefined) return;
      const error = lines.map((line) => plainText(line.text)).join('\n');
      const skill = lines.every((line) => line.skillId === only.skillId) ? { skill: only.skillId } : {};
      void navigate({
        to: '/fixes',
        search: { record: 1, error: error.slice(0, MAX_ADDRESS_TEXT), ...skill },
      });
    },
    inContext:
      only === undefined || lines.length > 1 || !hasContext
        ? null
        : () => showInContext(`${only.at}:${only.skillId}:${only.id}`),
  };
}

export function LogSelectionBar({
  selection,
  actions,
}: {
  selection: LogSelection;
  actions: LogLineActions;
}) {
  const { lines } = selection;
  const hasJson = lines.some((line) => jsonLayout(line.text) !== null);
  return (
    <div className={classes.selection} role="toolbar" aria-label="Lines selected">
      {lines.length === 0 ? (
        <span className={classes.note}>
          ↑ ↓ choose a line, Shift selects several, C copies, F records a fix, F3 goes to the next find
        </span>
      ) : (
        <>
          <span className={classes.count}>{plural(lines.length, 'line', 'lines')}</span>
          <Button size="compact-xs" onClick={actions.copy}>
            Copy
          </Button>
          {actions.inContext !== null && (
            <Button size="compact-xs" onClick={actions.inContext}>
              See in context
            </Button>
          )}
          <Button size="compact-xs" onClick={actions.recordFix}>
            Record a fix
          </Button>
          {hasJson && (
            <Button size="compact-xs" onClick={selection.toggleExpanded}>
              Lay out JSON
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" onClick={selection.clear}>
            Select nothing
          </Button>
        </>
      )}
    </div>
  );
}
