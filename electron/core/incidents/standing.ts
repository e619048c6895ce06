import type { Incident } from '../../../shared/model/action.ts';

/** An incident with a signature that had ended within this before is a regression, ms (the same for fixes: section 9). */
export const REGRESSION_MS = 24 * 3_600_000;

/** The one of the earlier incidents of a skill and signature that is back at `atMs` (epoch ms), or undefined. */
export function regressedFrom(earlier: readonly Incident[], atMs: number): Incident | undefined {
  return earlier
    .filter(({ endedAt }) => endedAt !== null && atMs - endedAt <= REGRESSION_MS)
    .sort((a, b) => Number(b.endedAt) - Number(a.endedAt) || b.id - a.id)[0];
}

/** Whether somebody's acknowledgement no longer counts at `nowMs` (epoch ms). */
export function acknowledgementIsOver({ state, acknowledged }: Incident, nowMs: number): boolean {
  return state === 'acknowledged' && acknowledged?.until !== undefined && acknowledged.until <= nowMs;
}

/** Whether notices about it are to be silent at `nowMs` (epoch ms). A mute "until recovery" ends with the incident. */
export function isMuted({ endedAt, mutedUntil }: Incident, nowMs: number): boolean {
  return endedAt === null && mutedUntil !== null && mutedUntil > nowMs;
}
