import type {
  CommandAnswer,
  CommandName,
  CommandPayload,
  ErrorCode,
  ResponseEnvelope,
} from '../../shared/contract/index.ts';
import { currentBridge, homeBridge } from './current.ts';

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
 * Asks the host that is shown and waits for its answer. When the page has gone to another host meanwhile the promise
 * never settles: nothing that waited for one host's answer may go on with another's.
 * @throws {CallError} with the code of the envelope when the host refuses, cannot be reached or does not answer.
 */
export async function call<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
): Promise<CommandAnswer<Name>> {
  const bridge = currentBridge();
  const response = await bridge.commands[name](payload);
  if (bridge !== currentBridge()) return new Promise(() => undefined);
  return answerOf<Name>(response);
}

/** Asks this page's own host, whichever is shown: for what is about the fleet. Throws as `call` does. */
export async function callHome<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
): Promise<CommandAnswer<Name>> {
  return answerOf<Name>(await homeBridge().commands[name](payload));
}

/**
 * What an envelope answers. The type is its reader's word: both ends are built from the same contract and the host
 * checks what it sends.
 * @throws {CallError} when the envelope is a refusal.
 */
function answerOf<Name extends CommandName>(response: ResponseEnvelope): CommandAnswer<Name> {
  if (response.error !== null) {
    throw new CallError(response.error.code, response.error.message, response.error.details);
  }
  if (!response.ok) throw new CallError('internal', 'The host refused without giving a reason.');
  return response.payload as CommandAnswer<Name>;
}
