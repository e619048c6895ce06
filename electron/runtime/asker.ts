import { AsyncLocalStorage } from 'node:async_hooks';

/** Another host that asked for something, as it says itself. Free of control characters. */
export interface Asker {
  readonly hostId: string;
  readonly name: string;
}

/**
 * Whose order is being carried out, through every await of it: what is written down about a person's order is written
 * deep inside, where nobody should have to hand it along.
 */
const current = new AsyncLocalStorage<Asker | null>();

/** Runs `work` as something `asker` ordered; null: somebody at this host did. */
export function onBehalfOf<T>(asker: Asker | null, work: () => T): T {
  return current.run(asker, work);
}

/** The reason of something a person ordered, with the host they ordered it from when that is another one. */
export function withAsker(reason: string): string {
  const asker = current.getStore();
  return asker === null || asker === undefined
    ? reason
    : `${reason} (ordered from ${asker.name}, host ${asker.hostId})`;
}
