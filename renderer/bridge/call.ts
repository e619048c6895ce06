import type { CommandAnswer, CommandName, CommandPayload, ErrorCode } from '../../shared/contract/index.ts';
import { currentBridge } from './current.ts';

/** The error half of a response envelope, as an exception. `message` is written for people. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * Asks the host and waits for its answer.
 * @throws {CallError} with the code of the envelope when the host refuses, cannot be reached or does not answer.
 */
export async function call<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
): Promise<CommandAnswer<Name>> {
  const response = await currentBridge().commands[name](payload);
  if (response.error !== null) {
    throw new CallError(response.error.code, response.error.message, response.error.details);
  }
  if (!response.ok) throw new CallError('internal', 'The host refused without giving a reason.');
  // Both ends are built from the same contract and the host checks what it sends: the type is the check here.
  return response.payload as CommandAnswer<Name>;
}
