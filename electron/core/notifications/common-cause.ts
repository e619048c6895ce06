/** What can put many skills into trouble at once without any of them being at fault. */
export type CommonCause = 'no-python' | 'disk-full' | 'asleep';

/** Trouble this soon after the machine woke up is put down to that, ms: networks need a while to come back. */
export const WAKING_MS = 60_000;

const NO_PYTHON = /\bno Python 3 was found on this machine\b/i;
const DISK_FULL =
  /\bENOSPC\b|no space left on device|\berrno[ :]28\b|disk quota exceeded|database or disk is full/i;

/** The common cause an error text tells of, or null. */
export function commonCauseOf(error: string): CommonCause | null {
  if (NO_PYTHON.test(error)) return 'no-python';
  return DISK_FULL.test(error) ? 'disk-full' : null;
}
