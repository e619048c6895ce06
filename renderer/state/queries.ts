import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { Heartbeat } from '../../shared/model/history.ts';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import { call } from '../bridge/call.ts';
import { type Range, type RangeId, ranges, type TimeWindow, windowAt } from './ranges.ts';

export type History = CommandAnswer<'history.query'> & TimeWindow;
export interface Heartbeats extends TimeWindow {
  readonly range: Range;
  readonly bySkill: Readonly<Record<string, Heartbeat>>;
}
type Checks = CommandAnswer<'history.checks'>['checks'];
type Actions = CommandAnswer<'action.list'>['actions'];
type Logs = CommandAnswer<'logs.read'>;
type Fixes = CommandAnswer<'fix.list'>['patterns'];
type FixTrials = CommandAnswer<'fix.trials'>['trials'];
type FixProposals = CommandAnswer<'fix.proposals'>['proposals'];
type TaskRuns = CommandAnswer<'scheduler.history'>['runs'];

/** Buckets and marks of one skill over a range that moves with the clock, or over a fixed stretch (zoom). */
export function useHistory(skillId: string, over: RangeId | TimeWindow): UseQueryResult<History> {
  const fixed = typeof over === 'string' ? null : over;
  const range = typeof over === 'string' ? ranges[over] : null;
  return useQuery({
    queryKey: ['history', skillId, range?.id ?? null, fixed?.from ?? null, fixed?.to ?? null],
    queryFn: async () => {
      const { from, to } = fixed ?? windowAt(range ?? ranges['24h'], Date.now());
      const points = range?.points ?? 360;
      return { from, to, ...(await call('history.query', { skillId, from, to, points })) };
    },
    placeholderData: keepPreviousData,
    meta: { refreshMs: range?.refreshMs ?? 5000 },
  });
}

/** Heartbeat cells of every skill over a range. */
export function useHeartbeats(rangeId: RangeId): UseQueryResult<Heartbeats> {
  const range = ranges[rangeId];
  return useQuery({
    queryKey: ['heartbeats', null, rangeId],
    queryFn: async () => {
      const { from, to } = windowAt(range, Date.now());
      const { heartbeats } = await call('history.heartbeats', { from, to, cells: range.cells });
      return { from, to, range, bySkill: Object.fromEntries(heartbeats.map((one) => [one.skillId, one])) };
    },
    placeholderData: keepPreviousData,
    // Time passes without events too: an idle bar must still move on.
    refetchInterval: Math.min(range.cellMs, 60_000),
    meta: { refreshMs: range.refreshMs },
  });
}

/** The latest checks of a skill, newest first. `limit` 1 to 1000. */
export function useChecks(skillId: string, limit = 200): UseQueryResult<Checks> {
  return useQuery({
    queryKey: ['checks', skillId, limit],
    queryFn: async () => (await call('history.checks', { skillId, limit })).checks,
    placeholderData: keepPreviousData,
  });
}

/** The latest actions, of one skill or of all, newest first. `limit` 1 to 1000. */
export function useActions(skillId?: string, limit = 100): UseQueryResult<Actions> {
  return useQuery({
    queryKey: ['actions', skillId ?? null, limit],
    queryFn: async () =>
      (await call('action.list', skillId === undefined ? { limit } : { skillId, limit })).actions,
    placeholderData: keepPreviousData,
  });
}

/** The latest log lines of a skill. `limit` 1 to 5000. */
export function useLogs(skillId: string, limit = 200): UseQueryResult<Logs> {
  return useQuery({
    queryKey: ['logs', skillId, limit],
    queryFn: () => call('logs.read', { skillId, limit }),
    placeholderData: keepPreviousData,
  });
}

/** What fixed this error, or one like it, before. Asks nothing while `error` is empty. */
export function useFixMatches(
  error: string,
  skillId?: string,
  limit = 5,
): UseQueryResult<CommandAnswer<'fix.match'>> {
  return useQuery({
    queryKey: ['fix-matches', skillId ?? null, error, limit],
    queryFn: () => call('fix.match', skillId === undefined ? { error, limit } : { error, skillId, limit }),
    enabled: error !== '',
    placeholderData: keepPreviousData,
  });
}

export function useFixes(): UseQueryResult<Fixes> {
  return useQuery({ queryKey: ['fixes'], queryFn: async () => (await call('fix.list', {})).patterns });
}

/** Where fixes were applied to a skill, newest first. */
export function useFixTrials(skillId: string): UseQueryResult<FixTrials> {
  return useQuery({
    queryKey: ['fix-trials', skillId],
    queryFn: async () => (await call('fix.trials', { skillId })).trials,
  });
}

/** Recoveries nobody has explained yet, newest first. */
export function useFixProposals(): UseQueryResult<FixProposals> {
  return useQuery({
    queryKey: ['fix-proposals'],
    queryFn: async () => (await call('fix.proposals', {})).proposals,
  });
}

/** The latest runs, of one task or of all, newest first. `limit` 1 to 1000. */
export function useTaskRuns(taskId?: string, limit = 100): UseQueryResult<TaskRuns> {
  return useQuery({
    queryKey: ['task-runs', taskId ?? null, limit],
    queryFn: async () =>
      (await call('scheduler.history', taskId === undefined ? { limit } : { taskId, limit })).runs,
    placeholderData: keepPreviousData,
  });
}

/** The host's own figures, asked for every 5 s while the page is visible. */
export function useRuntimeStatus(): UseQueryResult<RuntimeStatus> {
  return useQuery({
    queryKey: ['runtime'],
    queryFn: () => call('runtime.status', {}),
    refetchInterval: 5000,
  });
}
