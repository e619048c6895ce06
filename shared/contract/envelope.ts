import { z } from 'zod';

/** The version of the wire contract. A message with another `v` is refused as `invalid_envelope`. */
export const CONTRACT_VERSION = 1;
/** The longest request line or frame a host reads, in bytes. Longer ones end the connection with a reason. */
export const MAX_REQUEST_BYTES = 1_048_576;

export const errorCodes = [
  'invalid_envelope',
  'invalid_payload',
  'unknown_command',
  'not_found',
  'conflict',
  'not_allowed',
  'unavailable',
  'timeout',
  'skill_error',
  'internal',
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const requestIdSchema = z.string().min(1).max(200);

export const requestEnvelopeSchema = z.object({
  v: z.literal(CONTRACT_VERSION),
  requestId: requestIdSchema,
  command: z.string().min(1).max(100),
  /** Absent means `{}`. */
  payload: z.unknown().optional(),
});
export type RequestEnvelope = z.infer<typeof requestEnvelopeSchema>;

export const commandErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  details: z.unknown().optional(),
});
export type CommandErrorBody = z.infer<typeof commandErrorSchema>;

/** `requestId` is null only when the request could not be read far enough to find one. */
export const responseEnvelopeSchema = z.object({
  v: z.literal(CONTRACT_VERSION),
  requestId: requestIdSchema.nullable(),
  ok: z.boolean(),
  payload: z.unknown(),
  error: commandErrorSchema.nullable(),
});
export type ResponseEnvelope = z.infer<typeof responseEnvelopeSchema>;

export const eventEnvelopeSchema = z.object({
  v: z.literal(CONTRACT_VERSION),
  seq: z.number().int().positive(),
  event: z.string(),
  payload: z.unknown(),
});
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;

/**
 * An error a person or a script can act on: thrown by command handlers, carried in the envelope.
 * `message` says what, why and what now; `details` is for programs.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export function okResponse(requestId: string, payload: unknown): ResponseEnvelope {
  return { v: CONTRACT_VERSION, requestId, ok: true, payload, error: null };
}

export function errorResponse(requestId: string | null, error: CommandErrorBody): ResponseEnvelope {
  return { v: CONTRACT_VERSION, requestId, ok: false, payload: null, error };
}
