import { type HostGap, wasAway } from '../core/supervision/host-watch.ts';
import type { ActionLog } from './action-log.ts';

export interface HostGapPorts {
  readonly actions: Pick<ActionLog, 'record'>;
  readonly taskRunner: { clockJumped(): void };
  readonly notifications: { hostAwoke(): void };
  report(message: string, error: unknown): void;
}

/** What follows from a stretch in which the host itself was not there: nobody is blamed, and the history says so. */
export function hostGapHandler({ actions, notifications, report, taskRunner }: HostGapPorts) {
  return (gap: HostGap): void => {
    const secs = ((gap.toMonotonicMs - gap.fromMonotonicMs) / 1000).toFixed(1);
    report(`host ${gap.kind}: ${secs} s without a tick; checks of that time are not judged`, null);
    if (gap.kind === 'clock-jump') taskRunner.clockJumped();
    if (gap.kind === 'asleep') notifications.hostAwoke();
    if (!wasAway(gap)) return;
    const entry = { skillId: null, origin: 'monitor' } as const;
    const { fromWallMs, toWallMs } = gap;
    const reason = 'nothing was looked after: the machine slept, or its clock was set forward';
    actions.record({ ...entry, kind: 'hostAsleep', at: fromWallMs, reason });
    actions.record({ ...entry, kind: 'hostAwake', at: toWallMs, reason: 'skills are looked after again' });
  };
}
