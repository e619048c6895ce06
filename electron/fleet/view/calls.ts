import { randomUUID } from 'node:crypto';
import {
  CONTRACT_VERSION,
  type CommandAnswer,
  errorResponse,
  isCommandName,
  type ParsedPayload,
  type ResponseEnvelope,
  responseEnvelopeSchema,
} from '../../../shared/contract/index.ts';
import { fleetPermissions } from '../../core/fleet/permissions.ts';
import type { DispatchHere } from '../types.ts';
import { type AskPorts, askHost } from './ask.ts';

/** A page waits 30 s for any answer: the host that asks for it gives up first, ms. */
const DEFAULT_TIMEOUT_MS = 15_000;
/** Requests of one order under way at once: a thousand hosts are asked in turns, not in one breath. */
const MAX_IN_FLIGHT = 32;
/** How long one order to many may take, ms: whoever sent it must learn what came of it, and waits no longer. */
const ORDER_MS = 25_000;
/** Who could not have as much is not asked any more, ms. */
const LEAST_MS = 100;
/** Answers to one order, bytes: each of them, all together, and each once those that came have used that up. */
const MANY = { each: 4_194_304, together: 67_108_864, afterwards: 65_536 };

export interface CallPorts extends AskPorts {
  readonly hostId: string;
  monotonicMs(): number;
}

/** How much may still be answered, and how much of it at once, bytes. */
interface Room {
  left: number;
  readonly limits: typeof MANY;
}

/** Sends one command to one host. What goes wrong on the way is an envelope like what the host itself says. */
export async function callHost(
  ports: CallPorts,
  { command, hostId, payload, timeoutMs = DEFAULT_TIMEOUT_MS }: ParsedPayload<'fleet.call'>,
  here: DispatchHere,
  room?: Room,
): Promise<ResponseEnvelope> {
  const requestId = randomUUID();
  const message = { v: CONTRACT_VERSION, requestId, command, payload: payload ?? {} };
  if (hostId === ports.hostId) {
    if (!command.startsWith('fleet.')) return here(message);
    // Asking oneself to ask oneself has no end.
    return errorResponse(requestId, {
      code: 'not_allowed',
      message: `${command} is about the fleet: ask for it directly.`,
    });
  }
  const permission = isCommandName(command) ? fleetPermissions[command] : 'operate';
  // What no host takes from another one is refused there, by its own words, and needs no right to operate.
  const subject = permission === 'operate' ? 'operate' : 'view';
  const maxBytes = room?.limits[room.left > 0 ? 'each' : 'afterwards'];
  const answered = await askHost(ports, { hostId, subject, message, timeoutMs, maxBytes });
  if (!answered.ok) return errorResponse(requestId, answered.error);
  if (room !== undefined) room.left -= answered.bytes;
  const envelope = responseEnvelopeSchema.safeParse(answered.answer);
  const isOurs = envelope.success && (envelope.data.requestId ?? requestId) === requestId;
  if (isOurs) return envelope.data;
  return errorResponse(requestId, {
    code: 'internal',
    message: `The host "${hostId}" answered with something that is no answer to ${command}. Its version may be another.`,
  });
}

/** One command to many hosts, at most `MAX_IN_FLIGHT` at a time; the results are in the order of `targets`. */
export async function callMany(
  ports: CallPorts,
  { command, targets, timeoutMs }: ParsedPayload<'fleet.call_many'>,
  here: DispatchHere,
  limits = MANY,
): Promise<CommandAnswer<'fleet.call_many'>> {
  const results: CommandAnswer<'fleet.call_many'>['results'] = [];
  const room = { left: limits.together, limits };
  // One iterator for all: whoever is free takes the next target.
  const turns = targets.entries();
  const untilMs = ports.monotonicMs() + ORDER_MS;
  const worker = async () => {
    for (const [index, { hostId, payload }] of turns) {
      const leftMs = Math.round(untilMs - ports.monotonicMs());
      const order = {
        command,
        hostId,
        payload,
        timeoutMs: Math.min(timeoutMs ?? DEFAULT_TIMEOUT_MS, leftMs),
      };
      const answer = leftMs < LEAST_MS ? notAsked() : await callHost(ports, order, here, room);
      results[index] = { hostId, answer };
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_IN_FLIGHT, targets.length) }, worker));
  return { results };
}

function notAsked(): ResponseEnvelope {
  return errorResponse(randomUUID(), {
    code: 'timeout',
    message: `This host was not asked: the order had taken ${ORDER_MS / 1000} s already. Send it again to those that are left.`,
  });
}
