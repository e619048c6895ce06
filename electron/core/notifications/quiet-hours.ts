/** A moment as the policy sees it: wall time for ends people set, monotonic time for stretches, local time for the night. */
export interface Moment {
  /** Epoch ms. */
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** Minutes since local midnight, 0 to 1439, as the clock on the wall shows them. */
  readonly minuteOfDay: number;
}

export interface QuietHours {
  readonly quietHours: boolean;
  /** `HH:MM`, local time. */
  readonly quietFrom: string;
  readonly quietTo: string;
}

/**
 * Whether it is night by the settings. Judged by what the clock on the wall shows, so that a change of summer time
 * moves nothing: an hour that is skipped is simply not there, one that comes twice counts twice. Equal ends mean never.
 */
export function isQuiet({ quietHours, quietFrom, quietTo }: QuietHours, minuteOfDay: number): boolean {
  if (!quietHours) return false;
  const from = minutes(quietFrom);
  const to = minutes(quietTo);
  return from <= to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}

function minutes(time: string): number {
  const [hours = 0, mins = 0] = time.split(':').map(Number);
  return hours * 60 + mins;
}
