import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { logLineKey } from '../../../shared/model/log-text.ts';
import { CallError, call } from '../../bridge/call.ts';
import { formatClockSeconds } from '../format.ts';
import { errorMessage } from '../toast.tsx';
import { hidesLines, type LogFilter, queryOf, readLineAddress, shownFilter } from './log-filter.ts';
import { LogList } from './log-list.tsx';
import { clearLogView, useClearedAt } from './log-preferences.ts';
import { LogReach } from './log-reach.tsx';
import { markKinds, rowsOf } from './log-rows.ts';
import { LogSaveMenu } from './log-save-menu.tsx';
import { LogSelectionBar, useLogLineActions } from './log-selection-bar.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import classes from './log-view.module.css';
import { useLogFeed } from './use-log-feed.ts';
import { useLogFinds } from './use-log-finds.ts';
import { useLogSelection } from './use-log-selection.ts';

const MARKS = 300;

export interface LogViewProps {
  /** Whose lines, merged by time; none: of every skill. */
  readonly skillIds: readonly string[];
  readonly filter: LogFilter;
  /** `push` when going back should lead to what was shown before. */
  readonly onFilter: (change: Partial<LogFilter>, push?: boolean) => void;
}

/** Logs as they come in and as they were: filtered, searched, followed, and from any line on. */
export function LogView({ skillIds, filter, onFilter }: LogViewProps) {
  const root = useRef<HTMLElement>(null);
  const view = skillIds.join(' ');
  const clearedAt = useClearedAt(view);
  // A span ends when it was chosen: the question must stay the same while one looks.
  const spanKey = `${view} ${filter.span ?? ''}`;
  const [opened, setOpened] = useState({ spanKey, at: Date.now() });
  if (opened.spanKey !== spanKey) setOpened({ spanKey, at: Date.now() });
  const query = useMemo(
    () => queryOf(skillIds, filter, clearedAt, opened.at),
    [skillIds, filter, clearedAt, opened.at],
  );
  const around = useMemo(() => readLineAddress(filter.line), [filter.line]);
  const [state, feed] = useLogFeed(query, around);
  const { data: actions = [] } = useLogMarks(skillIds);
  const rows = useMemo(() => rowsOf(state.lines, actions, state.live), [state.lines, state.live, actions]);
  const shown = useMemo(() => shownFilter(filter), [filter]);
  const finds = useLogFinds(state.lines, shown, query);
  const selection = useLogSelection(rows);
  const lineActions = useLogLineActions(
    selection,
    (line) => onFilter({ ...nothingHidden, line }, true),
    hidesLines(filter),
  );
  const refused = state.status === 'failed' ? state.error : finds.error;
  const findError =
    refused instanceof CallError && refused.code === 'invalid_payload' ? refused.message : null;
  const findIndex = selection.cursor === null ? -1 : finds.keys.indexOf(selection.cursor);

  function goToFind(step: 1 | -1): void {
    const { keys } = finds;
    if (keys.length === 0) return;
    const from = findIndex >= 0 ? findIndex : nearestFind(step);
    const key = keys[(from + step + keys.length) % keys.length];
    if (key !== undefined) selection.move(key, false);
  }

  /** Where going on from a cursor that is on no find begins: the newest find for going back, as for going on. */
  function nearestFind(step: 1 | -1): number {
    if (selection.cursor === null) return step === 1 ? -1 : 0;
    const order = state.lines.map(logLineKey);
    const at = order.indexOf(selection.cursor);
    const places = new Map(order.map((key, index) => [key, index]));
    const next = finds.keys.findIndex((key) => (places.get(key) ?? 0) > at);
    const after = next < 0 ? finds.keys.length : next;
    return step === 1 ? after - 1 : after;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'F3') {
      event.preventDefault();
      goToFind(event.shiftKey ? -1 : 1);
    }
  }

  /** Keys that act on the lines selected. */
  function onLineKey(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === '/' && !command) {
      root.current?.querySelector<HTMLElement>('[data-log-find]')?.focus();
      return true;
    }
    if (selection.lines.length === 0 || event.altKey) return false;
    const key = event.key.toLowerCase();
    const hasText = document.getSelection()?.isCollapsed === false;
    if (key === 'c' && !(command && hasText)) lineActions.copy();
    else if (command) return false;
    else if (key === 'f') lineActions.recordFix();
    else if (key === 'x' && lineActions.inContext !== null) lineActions.inContext();
    else if (key === 'enter') selection.toggleExpanded();
    else if (key === 'escape') selection.clear();
    else return false;
    return true;
  }

  const failed = state.status === 'failed' && findError === null;
  return (
    <section ref={root} className={classes.view} aria-label="Logs" onKeyDown={onKeyDown}>
      <LogToolbar {...{ filter, finds, findError, findIndex }} onFilter={onFilter} onFind={goToFind} />
      <div className={classes.status}>
        <LogReach state={state} feed={feed} />
        <span className={classes.push}>
          <Button
            disabled={state.lines.length === 0}
            onClick={() => clearLogView(view, state.lines.at(-1)?.at ?? Date.now())}
          >
            Clear view
          </Button>
          <LogSaveMenu lines={state.lines} query={query} />
        </span>
      </div>
      {around !== null && (
        <div className={classes.banner} role="note">
          The surroundings of one line, nothing left out.
          <Button size="compact-xs" onClick={() => onFilter({ line: undefined })}>
            Back to the end
          </Button>
        </div>
      )}
      {clearedAt !== null && (
        <div className={classes.banner} role="note">
          Cleared: lines up to {formatClockSeconds(clearedAt)} are hidden until this page is loaded again.
          Nothing was deleted.
          <Button size="compact-xs" onClick={() => clearLogView(view, null)}>
            Show them
          </Button>
        </div>
      )}
      {state.status === 'loading' && state.lines.length === 0 && (
        <Skeleton height={320} radius="md" role="status" aria-label="Loading the log" />
      )}
      {failed && (
        <div className={classes.nothing}>
          <p>The log could not be read: {errorMessage(state.error)}</p>
          <Button onClick={() => feed.start()}>Try again</Button>
        </div>
      )}
      {state.status === 'ready' && rows.length === 0 && (
        <div className={classes.nothing}>
          <p>{nothingWords(filter, clearedAt !== null, skillIds.length === 1)}</p>
          {state.hasOlder && (
            <Button loading={state.loadingOlder} onClick={() => void feed.loadOlder()}>
              Look further back
            </Button>
          )}
          {hidesLines(filter) && <Button onClick={() => onFilter(nothingHidden)}>Show every line</Button>}
        </div>
      )}
      {rows.length > 0 && findError === null && (
        <LogList
          key={JSON.stringify([view, around])}
          {...{ rows, state, feed, selection, finds }}
          named={skillIds.length !== 1}
          targetKey={around?.key ?? null}
          onKey={onLineKey}
        />
      )}
      {rows.length > 0 && <LogSelectionBar selection={selection} actions={lineActions} />}
    </section>
  );
}

/** A filter that hides no line. */
const nothingHidden: Partial<LogFilter> = {
  ...{ find: undefined, stream: undefined, level: undefined },
  ...{ span: undefined, since: undefined, until: undefined },
};

function nothingWords(filter: LogFilter, cleared: boolean, one: boolean): string {
  if (hidesLines(filter)) return 'No line matches.';
  if (cleared) return 'Nothing has been written since the view was cleared.';
  return one ? 'It has written nothing yet.' : 'Nothing has been written yet.';
}

/** What was done to these skills lately, to be marked between their lines. */
function useLogMarks(skillIds: readonly string[]) {
  const [only] = skillIds;
  const skillId = skillIds.length === 1 ? (only ?? null) : null;
  return useQuery({
    queryKey: ['actions', skillId, 'log-marks', skillIds.join(' ')],
    queryFn: async () => {
      const kinds = [...markKinds];
      const query = { kinds, limit: MARKS, ...(skillId === null ? {} : { skillId }) };
      const { actions } = await call('action.list', query);
      const wanted = new Set(skillIds);
      return actions.filter(
        (action) => wanted.size === 0 || (action.skillId !== null && wanted.has(action.skillId)),
      );
    },
  });
}
