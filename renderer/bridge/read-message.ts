import {
  type EventEnvelope,
  eventEnvelopeSchema,
  type ResponseEnvelope,
  responseEnvelopeSchema,
} from '../../shared/contract/index.ts';

/** One message of the host: an answer (has `ok`) or an event (has `event`); null for anything that is neither. */
export function readMessage(data: unknown): ResponseEnvelope | EventEnvelope | null {
  if (typeof data !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    // Not JSON is not ours: a proxy or a newer host may speak; nobody waits for it.
    return null;
  }
  const response = responseEnvelopeSchema.safeParse(value);
  if (response.success) return response.data;
  const event = eventEnvelopeSchema.safeParse(value);
  return event.success ? event.data : null;
}
