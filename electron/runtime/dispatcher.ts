import type { z } from 'zod';
import {
  type CommandAnswer,
  CommandError,
  type CommandName,
  commands,
  errorResponse,
  isCommandName,
  okResponse,
  type ParsedPayload,
  type ResponseEnvelope,
  requestEnvelopeSchema,
  requestIdSchema,
} from '../../shared/contract/index.ts';
import { fleetPermissions } from '../core/fleet/permissions.ts';
import { type Asker, onBehalfOf } from './asker.ts';

/**
 * Who asks. `operator` is the control socket, which only the owner of the data folder can open;
 * `dashboard` is a page, from which ids may come but never paths or commands (DESIGN.md section 10);
 * `fleet` is another host, for which the same holds, and which is let in for some commands only (core/fleet/permissions.ts).
 */
export interface CallContext {
  readonly trust: 'operator' | 'dashboard' | 'fleet';
  /** Of a request of another host: who it says it is. Kept with what is done for it. */
  readonly asker?: Asker;
}

/** `events.subscribe` belongs to a connection, not to the host: the session answers it. */
export type HostCommand = Exclude<CommandName, 'events.subscribe'>;

export type Handlers = {
  readonly [Name in HostCommand]: (
    payload: ParsedPayload<Name>,
    context: CallContext,
  ) => CommandAnswer<Name> | Promise<CommandAnswer<Name>>;
};

/** Told of an error nobody expected, with enough to find it; the caller only learns `internal`. */
export type ReportInternal = (command: string, error: unknown) => void;

/** The closed map from command names to handlers. Payloads are read by their schema before anything happens. */
export class Dispatcher {
  readonly #handlers: Handlers;
  readonly #reportInternal: ReportInternal;

  constructor(handlers: Handlers, reportInternal: ReportInternal) {
    this.#handlers = handlers;
    this.#reportInternal = reportInternal;
  }

  /** Answers one request. Never throws: every failure is an envelope with a code. */
  async dispatch(message: unknown, context: CallContext): Promise<ResponseEnvelope> {
    const request = readRequest(message);
    if (!request.ok) return request.response;
    const { requestId, command, payload } = request;
    // Who lets others in has looked already; a door that was forgotten stays closed all the same.
    if (context.trust === 'fleet' && fleetPermissions[command] === 'never')
      return errorResponse(requestId, { code: 'not_allowed', message: `${command} is not for other hosts.` });
    if (command === 'events.subscribe') {
      return errorResponse(requestId, {
        code: 'not_allowed',
        message:
          'events.subscribe needs a connection that stays open: use the control socket or the WebSocket.',
      });
    }
    try {
      return okResponse(requestId, await this.#call(command, payload, context));
    } catch (error) {
      return errorResponse(requestId, this.#describe(command, error));
    }
  }

  async #call<Name extends HostCommand>(command: Name, payload: unknown, context: CallContext) {
    const parsed = parsePayload(command, payload);
    return onBehalfOf(context.asker ?? null, () => this.#handlers[command](parsed, context));
  }

  #describe(command: string, error: unknown) {
    if (error instanceof CommandError) {
      const { code, message, details } = error;
      return details === undefined ? { code, message } : { code, message, details };
    }
    this.#reportInternal(command, error);
    return {
      code: 'internal',
      message: `${command} failed inside the host. The host log has the details.`,
    } as const;
  }
}

export type ReadRequest =
  | {
      readonly ok: true;
      readonly requestId: string;
      readonly command: CommandName;
      readonly payload: unknown;
    }
  | { readonly ok: false; readonly response: ResponseEnvelope };

/** Reads an envelope as far as it goes: the id is kept even when the rest is wrong, so the caller can match the refusal. */
export function readRequest(message: unknown): ReadRequest {
  const parsed = requestEnvelopeSchema.safeParse(message);
  if (!parsed.success) {
    const found = requestIdSchema.safeParse(ownMember(message, 'requestId'));
    return {
      ok: false,
      response: errorResponse(found.success ? found.data : null, {
        code: 'invalid_envelope',
        message: `Not a request envelope {v:1, requestId, command, payload}: ${sentenceOf(parsed.error)}.`,
      }),
    };
  }
  const { requestId, command, payload } = parsed.data;
  if (!isCommandName(command)) {
    return {
      ok: false,
      response: errorResponse(requestId, {
        code: 'unknown_command',
        message: `There is no command "${command.slice(0, 100)}". Run \`skillward call --list\` for the ones there are.`,
      }),
    };
  }
  return { ok: true, requestId, command, payload };
}

/** Reads a payload by its command's schema. Throws `CommandError` `invalid_payload` that names each wrong member. */
export function parsePayload<Name extends CommandName>(command: Name, payload: unknown): ParsedPayload<Name> {
  const parsed = commands[command].payload.safeParse(payload ?? {});
  if (parsed.success) return parsed.data as ParsedPayload<Name>;
  throw new CommandError('invalid_payload', `${command}: ${sentenceOf(parsed.error)}.`, {
    issues: parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  });
}

function sentenceOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) =>
      issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`,
    )
    .join('; ');
}

function ownMember(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
