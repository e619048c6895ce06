import { askerHeaders, MAX_ANSWER_BYTES } from '../../../shared/contract/fleet-wire.ts';
import { type CommandErrorBody, MAX_REQUEST_BYTES } from '../../../shared/contract/index.ts';
import type { FleetLink } from '../../../shared/model/fleet.ts';
import { type HostSubject, subjectOf } from '../../core/fleet/subjects.ts';
import { nats } from '../nats.ts';
import { unpackSized } from '../packing.ts';
import type { FleetAsker, FleetSession } from '../types.ts';

/**
 * How long after whoever gave an order has stopped waiting it may still begin, ms: as much as a busy machine may have
 * got the difference of the clocks wrong.
 */
const LATE_MS = 1000;

export interface Question {
  readonly hostId: string;
  readonly subject: Exclude<HostSubject, 'events'>;
  /** Sent as JSON; nothing for a question that is its subject. */
  readonly message?: unknown;
  readonly timeoutMs: number;
  /** The longest answer that is read, bytes once unpacked. */
  readonly maxBytes?: number | undefined;
}

/** What came of a question: the other host's words, or what went wrong on the way, in the words of the contract. */
export type Answered =
  | { readonly ok: true; readonly answer: unknown; readonly bytes: number }
  | { readonly ok: false; readonly error: CommandErrorBody };

export interface AskPorts {
  session(): FleetSession | null;
  link(): FleetLink;
  me(): FleetAsker;
  nowMs(): number;
  /**
   * How people call a host, since when it is not heard from (epoch ms), and its clock minus this one's (ms), as far as this
   * one knows.
   */
  known(hostId: string): {
    readonly name: string;
    readonly silentSince: number | null;
    readonly clockSkewMs: number | null;
  } | null;
}

/** Asks one host and reads its answer, of which nothing is believed. Never throws for what happens on the way. */
export async function askHost(ports: AskPorts, question: Question): Promise<Answered> {
  const { hostId, maxBytes = MAX_ANSWER_BYTES, message, subject, timeoutMs } = question;
  const session = ports.session();
  if (session === null) return failed('unavailable', unconnected(ports.link()));
  const data = new TextEncoder().encode(message === undefined ? '' : JSON.stringify(message));
  const limit = Math.min(MAX_REQUEST_BYTES, session.connection.info?.max_payload ?? MAX_REQUEST_BYTES);
  if (data.byteLength > limit)
    return failed('invalid_payload', `The request is longer than the ${limit} bytes the fleet carries.`);
  const { hostId: from, name } = ports.me();
  const asker = nats().core.headers();
  asker.set(askerHeaders.hostId, from);
  asker.set(askerHeaders.name, name.replace(/\p{Cc}/gu, ' '));
  const skewMs = ports.known(hostId)?.clockSkewMs ?? null;
  // A net that was broken delivers when it is whole again what nobody waits for any more.
  if (subject === 'operate' && skewMs !== null)
    asker.set(askerHeaders.until, String(Math.round(ports.nowMs() + skewMs + timeoutMs + LATE_MS)));
  let packed: Uint8Array;
  try {
    const said = await session.connection.request(subjectOf(hostId, subject), data, {
      timeout: timeoutMs,
      headers: asker,
    });
    packed = said.data;
  } catch (error) {
    return { ok: false, error: lostOnTheWay(error, ports, question) };
  }
  try {
    const { bytes, value } = await unpackSized(packed, maxBytes);
    return { ok: true, answer: value, bytes };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'It cannot be read.';
    return failed('internal', `${nameOf(ports, hostId)} gave an answer nobody can read. ${why}`);
  }
}

function lostOnTheWay(error: unknown, ports: AskPorts, { hostId, subject, timeoutMs }: Question) {
  const name = nameOf(ports, hostId);
  const cause = error instanceof nats().core.errors.RequestError ? error.cause : error;
  if (cause instanceof nats().core.errors.NoRespondersError)
    return { code: 'unavailable', message: silent(ports, hostId) } as const;
  if (cause instanceof nats().core.errors.TimeoutError) {
    const done = subject === 'operate' ? ' Whether it was carried out is not known: look at that host.' : '';
    return {
      code: 'timeout',
      message: `${name} did not answer within ${timeoutMs / 1000} s.${done}`,
    } as const;
  }
  if (cause instanceof nats().core.errors.PermissionViolationError) {
    const message = `The broker does not let this host ask ${name} on "${subject}". Its permissions say who may.`;
    return { code: 'not_allowed', message } as const;
  }
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'unavailable',
    message: `The way to ${name} broke while it was asked (${why}). Ask again once the broker is back.`,
  } as const;
}

function silent(ports: AskPorts, hostId: string): string {
  const known = ports.known(hostId);
  if (known === null) return `No host with the id "${hostId}" is heard from in this fleet.`;
  const since = known.silentSince === null ? '' : ` since ${new Date(known.silentSince).toISOString()}`;
  return `${nameOf(ports, hostId)} is not heard from${since}. It goes on by itself; look whether it runs and reaches the broker.`;
}

function unconnected({ problem, state }: FleetLink): string {
  if (state === 'off') return 'This host is in no fleet. Join one: skillward fleet join <server>.';
  return `This host is not connected to its fleet. ${problem ?? 'It is connecting; ask again in a moment.'}`;
}

function nameOf(ports: AskPorts, hostId: string): string {
  return `The host "${ports.known(hostId)?.name ?? hostId}"`;
}

function failed(code: CommandErrorBody['code'], message: string): Answered {
  return { ok: false, error: { code, message } };
}
