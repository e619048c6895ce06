import { createHash } from 'node:crypto';
import { askerHeaders, FLEET_VERSION, type HostSnapshot } from '../../../shared/contract/fleet-wire.ts';
import {
  type ErrorCode,
  errorResponse,
  MAX_REQUEST_BYTES,
  type ResponseEnvelope,
} from '../../../shared/contract/index.ts';
import { hostIdSchema } from '../../../shared/model/fleet.ts';
import { packJson, readJson } from '../packing.ts';
import type { FleetAsker, FleetPorts } from '../types.ts';

/** Requests of other hosts that are answered at a time; more are refused, not queued without end. */
const MOST_AT_ONCE = 64;
const MAX_NAME_CHARS = 100;
/**
 * Whoever asks a host listens for the answer in an inbox. What the broker delivers here for somebody (a consumer whose
 * maker named this subject, a stream that repeats) has another reply or none: no way round the right to ask.
 */
const INBOX = '_INBOX.';

/** A message of the broker, as far as it is looked at here. */
export interface PeerMessage {
  readonly data: Uint8Array;
  readonly reply?: string;
  readonly headers?: { get(name: string): string };
  respond(payload: Uint8Array | string): boolean;
}

export interface PeerRequestPorts {
  readonly host: Pick<FleetPorts, 'clock' | 'dispatch' | 'hostId' | 'report' | 'snapshot'>;
  readonly boot: string;
  /** Number of the newest event that left this host. */
  seq(): number;
  /** The longest message the broker takes, bytes. */
  maxPayload(): number;
}

/** Reads what other hosts ask on this host's subjects, of which nothing is believed, and answers every one of them. */
export class PeerRequests {
  readonly #ports: PeerRequestPorts;
  #underway = 0;

  constructor(ports: PeerRequestPorts) {
    this.#ports = ports;
  }

  /** Answers a request envelope. Never throws. */
  command(message: PeerMessage, subject: 'view' | 'operate'): void {
    this.#answer(message, () => this.#carryOut(message, subject));
  }

  /** Answers with everything a dashboard shows of this host. Never throws. */
  snapshot(message: PeerMessage): void {
    this.#answer(message, async () => {
      const { boot, host, seq } = this.#ports;
      // Taking it hands over every event it contains, so the number is read afterwards.
      const snapshot = host.snapshot();
      const answer: HostSnapshot = {
        v: FLEET_VERSION,
        hostId: host.hostId,
        boot,
        seq: seq(),
        at: host.clock.nowMs(),
        snapshot,
      };
      return answer;
    });
  }

  #answer(message: PeerMessage, work: () => Promise<unknown>): void {
    if (message.reply?.startsWith(INBOX) !== true) return;
    if (this.#underway >= MOST_AT_ONCE) {
      const busy = `This host answers ${MOST_AT_ONCE} requests of others already. Ask again in a moment.`;
      message.respond(JSON.stringify(refusal('unavailable', busy)));
      return;
    }
    this.#underway += 1;
    work()
      .then((answer) => this.#respond(message, answer))
      .catch((error: unknown) => this.#ports.host.report('fleet: a request could not be answered', error))
      .finally(() => {
        this.#underway -= 1;
      });
  }

  async #respond(message: PeerMessage, answer: unknown): Promise<void> {
    const packed = await packJson(answer);
    const most = this.#ports.maxPayload();
    if (packed.byteLength <= most) {
      message.respond(packed);
      return;
    }
    const tooLong = `The answer is ${packed.byteLength} bytes long and the broker takes ${most}. Ask for less at a time, or raise max_payload of the broker.`;
    message.respond(
      JSON.stringify(errorResponse(requestIdOf(answer), { code: 'unavailable', message: tooLong })),
    );
  }

  async #carryOut(message: PeerMessage, subject: 'view' | 'operate'): Promise<ResponseEnvelope> {
    let parsed: unknown;
    try {
      parsed = readJson(message.data, MAX_REQUEST_BYTES);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return refusal('invalid_envelope', `The request cannot be read. ${why}`);
    }
    const asker = askerOf(message);
    if (asker === null) {
      const nameless = `The request does not say which host it comes from (the header ${askerHeaders.hostId}).`;
      return refusal('invalid_envelope', nameless);
    }
    if (subject === 'operate' && this.#isTooLate(message)) {
      const late =
        'The order arrived after whoever gave it had stopped waiting, so it is not carried out. Look how things are here, and give it again.';
      return errorResponse(requestIdOf(parsed), { code: 'timeout', message: late });
    }
    const digest = createHash('sha256').update(message.data).digest('base64url');
    return this.#ports.host.dispatch({ message: parsed, asker, subject, digest });
  }

  /** The time is of this host's clock: whoever asked has reckoned with the difference. */
  #isTooLate({ headers }: PeerMessage): boolean {
    const until = headers?.get(askerHeaders.until) ?? '';
    return /^\d{1,16}$/.test(until) && this.#ports.host.clock.nowMs() > Number(until);
  }
}

/** Null when it does not say, or says what no host is called. */
function askerOf(message: PeerMessage): FleetAsker | null {
  const id = hostIdSchema.safeParse(message.headers?.get(askerHeaders.hostId));
  if (!id.success) return null;
  const said = decoded(message.headers?.get(askerHeaders.name) ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim();
  const name = [...said].slice(0, MAX_NAME_CHARS).join('');
  return { hostId: id.data, name: name === '' ? id.data : name };
}

/** Names travel as in an address: a header is one line of ASCII. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refusal(code: ErrorCode, message: string): ResponseEnvelope {
  return errorResponse(null, { code, message });
}

function requestIdOf(answer: unknown): string | null {
  return typeof answer === 'object' &&
    answer !== null &&
    'requestId' in answer &&
    typeof answer.requestId === 'string'
    ? answer.requestId
    : null;
}
