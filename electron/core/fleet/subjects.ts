/**
 * The subjects of a fleet. One token per host after the prefix, so that a broker can let one account speak to one host,
 * or look at all and order none (docs/fleet.md):
 *
 *     skillward.<hostId>.view       request: an envelope whose command only reads
 *     skillward.<hostId>.operate    request: an envelope whose command changes something
 *     skillward.<hostId>.snapshot   request: all a dashboard shows of the host, and the number it was taken at
 *     skillward.<hostId>.who        request: which start of a host serves this id; every one that does answers
 *     skillward.<hostId>.events     batches of numbered events, kept by the stream
 */
export const FLEET_PREFIX = 'skillward';
/** The JetStream stream that keeps the events of all hosts for a while. */
export const EVENT_STREAM = 'SKILLWARD_EVENTS';
/** The JetStream key-value bucket of shared fixes. */
export const FIX_BUCKET = 'skillward_fixes';
/** The name hosts register under with the service API. */
export const SERVICE_NAME = 'skillward';

export type HostSubject = 'view' | 'operate' | 'snapshot' | 'who' | 'events';

export function subjectOf(hostId: string, what: HostSubject): string {
  return `${FLEET_PREFIX}.${hostId}.${what}`;
}

/** The events of every host: what the stream keeps. */
export const ALL_EVENTS = `${FLEET_PREFIX}.*.events`;
