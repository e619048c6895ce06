import type { Action, ActionKind } from '../../shared/model/action.ts';
import type { Check, OutcomeKind } from '../../shared/model/health.ts';
import { errorOfCheck } from './check-words.ts';
import type { StateKind } from './display-state.ts';
import { formatDuration, plural } from './format.ts';

/** One line of "What happened". */
export interface Happening {
  readonly key: string;
  readonly at: number;
  readonly state: StateKind;
  readonly title: string;
  /** Who or what, and details; the time is shown by the screen. */
  readonly note: string | null;
}

/** Actions and turns of health woven into one story, newest first. */
export function storyOf(actions: readonly Action[], checks: readonly Check[]): readonly Happening[] {
  return [...actions.flatMap(actionHappening), ...turnsOf(checks)].sort((one, other) => other.at - one.at);
}

const ACTIONS: Readonly<Record<ActionKind, { readonly state: StateKind; readonly title: string } | null>> = {
  startSkill: { state: 'busy', title: 'Started' },
  stopSkill: { state: 'off', title: 'Paused' },
  restartSkill: { state: 'busy', title: 'Restarted' },
  quarantineSkill: { state: 'quar', title: 'Quarantined' },
  releaseSkill: { state: 'busy', title: 'Released from quarantine' },
  disableSkill: { state: 'off', title: 'Disabled' },
  activateSkill: { state: 'busy', title: 'Activated' },
  recordFix: { state: 'ok', title: 'Fix recorded' },
  applyFix: { state: 'busy', title: 'Fix applied' },
  changeConfig: { state: 'none', title: 'Settings changed' },
  acknowledgeIncident: { state: 'none', title: 'Incident acknowledged' },
  muteIncident: { state: 'none', title: 'Incident muted' },
  resolveIncident: { state: 'ok', title: 'Incident resolved' },
  reopenIncident: { state: 'none', title: 'Incident reopened' },
  installSkill: { state: 'busy', title: 'Installed' },
  updateSkill: { state: 'busy', title: 'Updated' },
  rollbackSkill: { state: 'busy', title: 'Rolled back' },
  removeSkill: { state: 'off', title: 'Removed' },
  setCredential: { state: 'none', title: 'Credential entered' },
  clearCredential: { state: 'none', title: 'Credential cleared' },
  hostAsleep: { state: 'none', title: 'Asleep' },
  hostAwake: { state: 'none', title: 'Awake again' },
  createEnvironment: { state: 'busy', title: 'Environment created' },
  // What it tells stands here already: the failure, the quarantine, the recovery.
  notifyUser: null,
};

/** What an action is called on this screen; null for those the story leaves out. */
export function actionWords(kind: ActionKind): { readonly state: StateKind; readonly title: string } | null {
  return ACTIONS[kind];
}

const ORIGINS = { monitor: 'monitor', user: 'a person', scheduler: 'schedule' } as const;

/** Who gave the order. */
export function originWords(origin: Action['origin']): string {
  return ORIGINS[origin];
}

function actionHappening(action: Action): Happening[] {
  const words = ACTIONS[action.kind];
  if (words === null) return [];
  const failed = action.result.startsWith('failed');
  const parts = [originWords(action.origin), action.reason, action.result === 'done' ? '' : action.result];
  return [
    {
      key: `action-${action.id}`,
      at: action.at,
      state: failed ? 'bad' : words.state,
      title: failed ? `${words.title}: did not work` : words.title,
      note: parts.filter((part) => part !== '').join(' · '),
    },
  ];
}

/** Where the outcome of checks (newest first) turned, one happening for each run of like outcomes. */
function turnsOf(checks: readonly Check[]): Happening[] {
  const runs: { kind: RunKind; checks: Check[] }[] = [];
  for (const check of [...checks].reverse()) {
    const kind = runKindOf(check.outcome.kind);
    const last = runs.at(-1);
    if (last?.kind === kind) last.checks.push(check);
    else runs.push({ kind, checks: [check] });
  }
  let troubleSince: number | null = null;
  return runs.flatMap(({ kind, checks: run }, index) => {
    const first = run[0];
    if (first === undefined) return [];
    const before = troubleSince;
    troubleSince = kind === 'ok' ? null : (troubleSince ?? first.at);
    // The oldest run began before what is known: nothing turned there.
    if (index === 0 && kind === 'ok') return [];
    return [turn(kind, first, run.length, before)];
  });
}

type RunKind = 'ok' | 'warn' | 'bad';

function runKindOf(kind: OutcomeKind): RunKind {
  if (kind === 'healthy') return 'ok';
  return kind === 'degraded' ? 'warn' : 'bad';
}

function turn(kind: RunKind, first: Check, count: number, troubleSince: number | null): Happening {
  const key = `check-${first.at}-${kind}`;
  if (kind === 'ok') {
    const lasted =
      troubleSince === null ? null : `after ${formatDuration(first.at - troubleSince)} of trouble`;
    return { key, at: first.at, state: kind, title: 'Healthy again', note: lasted };
  }
  const text = firstLine(errorOfCheck(first) ?? '');
  const title =
    kind === 'warn' ? 'Degraded' : first.outcome.kind === 'unreachable' ? 'Unreachable' : 'Check failed';
  return {
    key,
    at: first.at,
    state: kind,
    title: text === '' ? title : `${title}: ${text}`,
    note: count === 1 ? null : plural(count, 'check in a row', 'checks in a row'),
  };
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? '';
}
