import { nats } from './nats.ts';

/** Errors of the client are wrapped once by each of its packages; deeper than this nothing is looked for. */
const MAX_DEPTH = 5;

/** Whether the broker refused a subject to this host's account. */
export function isDenied(error: unknown): boolean {
  return causedBy(error, (cause) => cause instanceof nats().core.errors.PermissionViolationError);
}

/** Whether nobody at the broker listens on the subject that was asked. */
export function nobodyListens(error: unknown): boolean {
  return causedBy(error, (cause) => cause instanceof nats().core.errors.NoRespondersError);
}

function causedBy(error: unknown, test: (cause: Error) => boolean): boolean {
  let at: unknown = error;
  for (let depth = 0; depth < MAX_DEPTH && at instanceof Error; depth += 1) {
    if (test(at)) return true;
    at = at.cause;
  }
  return false;
}
