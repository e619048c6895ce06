import { type EventBatch, eventBatchSchema, MAX_BATCH_BYTES } from '../../../shared/contract/fleet-wire.ts';
import { events, isEventName } from '../../../shared/contract/index.ts';
import { readJson } from '../packing.ts';

/**
 * Stands for an event that cannot be read here: of another version, or not of the contract's form. Its number counts, so
 * that nobody takes a hole where there is none for a loss.
 */
const UNREADABLE = { event: 'fleet.unreadable', payload: null } as const;

/** A batch as another host published it; null when it is none of `hostId`'s, or is too long or deep to be looked at. */
export function readBatch(data: Uint8Array, hostId: string): EventBatch | null {
  let said: unknown;
  try {
    said = readJson(data, MAX_BATCH_BYTES);
  } catch {
    // Left out like any other lost batch: the numbers show that it is missing.
    return null;
  }
  const batch = eventBatchSchema.safeParse(said);
  if (!batch.success || batch.data.hostId !== hostId) return null;
  return { ...batch.data, events: batch.data.events.map(readEvent) };
}

function readEvent({ event, payload }: EventBatch['events'][number]): EventBatch['events'][number] {
  // What a host says about its own fleet is no news about that host.
  if (!isEventName(event) || event.startsWith('fleet.')) return UNREADABLE;
  const read = events[event].safeParse(payload);
  return read.success ? { event, payload: read.data } : UNREADABLE;
}
