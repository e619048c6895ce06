import type { JetStreamApiError, JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ALL_EVENTS, EVENT_STREAM } from '../../core/fleet/subjects.ts';
import { isDenied, nobodyListens } from '../causes.ts';
import { nats } from '../nats.ts';

/** How long events of all hosts are kept. */
const MAX_AGE_MS = 24 * 3_600_000;
/** How many bytes of them: as much of the first as the broker has room for. */
const MAX_BYTES = [256, 64, 16].map((mib) => mib * 1_048_576);
/** A batch sent again within this is stored once, ms. */
const DUPLICATE_WINDOW_MS = 120_000;
const API_TIMEOUT_MS = 3000;
/** The broker's words for "there is no such stream" (JetStream API error 10059). */
const STREAM_NOT_FOUND = 10_059;
/** … and for JetStream that is off for this account (10039) or altogether (10076). */
const NOT_ENABLED = new Set([10_039, 10_076]);
/** … and for no room: of the machine (10023, 10047) or of the account (10002, 10028). */
const NO_ROOM = new Set([10_002, 10_023, 10_028, 10_047]);

export interface EventStream {
  /** Whether events can be handed to a stream; otherwise they are published plainly, for whoever listens now. */
  readonly keeps: boolean;
  /** What is wrong, with what to do; null: nothing is, also on a broker that keeps nothing. */
  readonly problem: string | null;
}

/** Finds the stream of events, makes it, or puts bounds on one without any. Throws only when the connection ends meanwhile. */
export async function openEventStream(connection: NatsConnection): Promise<EventStream> {
  const { RetentionPolicy, StorageType } = nats().jetstream;
  const manager = await nats().jetstream.jetstreamManager(connection, {
    checkAPI: false,
    timeout: API_TIMEOUT_MS,
  });
  try {
    const { config } = await manager.streams.info(EVENT_STREAM);
    return await boundStream(manager, config);
  } catch (error) {
    if (apiErrorOf(error)?.code !== STREAM_NOT_FOUND) return withoutStream(error);
  }
  let trouble: unknown = null;
  for (const max_bytes of MAX_BYTES) {
    try {
      await manager.streams.add({
        name: EVENT_STREAM,
        subjects: [ALL_EVENTS],
        retention: RetentionPolicy.Limits,
        storage: StorageType.File,
        ...bounds(),
        max_bytes,
      });
      return kept;
    } catch (error) {
      trouble = error;
      if (!NO_ROOM.has(apiErrorOf(error)?.code ?? 0)) break;
    }
  }
  return withoutStream(trouble);
}

const kept: EventStream = { keeps: true, problem: null };
const none: EventStream = { keeps: false, problem: null };

function bounds() {
  const { core, jetstream } = nats();
  return {
    discard: jetstream.DiscardPolicy.Old,
    max_age: core.nanos(MAX_AGE_MS),
    duplicate_window: core.nanos(DUPLICATE_WINDOW_MS),
  };
}

/** Bounds somebody chose for their broker are left alone; a stream without them is given ours. */
async function boundStream(manager: JetStreamManager, config: StreamConfig): Promise<EventStream> {
  const ours = bounds();
  const unbounded = config.max_age === 0 || config.max_bytes <= 0 || config.discard !== ours.discard;
  if (!unbounded) return kept;
  try {
    await manager.streams.update(EVENT_STREAM, {
      ...config,
      discard: ours.discard,
      max_age: config.max_age === 0 ? ours.max_age : config.max_age,
      max_bytes: config.max_bytes <= 0 ? (MAX_BYTES[0] ?? config.max_bytes) : config.max_bytes,
      duplicate_window: ours.duplicate_window,
    });
    return kept;
  } catch (error) {
    if (error instanceof nats().core.errors.ClosedConnectionError) throw error;
    const problem = `The stream ${EVENT_STREAM} has no bounds and this host may not give it any. Whoever runs the broker sets max_age, max_bytes and discard old.`;
    return { keeps: true, problem };
  }
}

function withoutStream(error: unknown): EventStream {
  if (error instanceof nats().core.errors.ClosedConnectionError) throw error;
  // This account may not ask about streams, but perhaps publish to one: the first batch tells.
  if (isDenied(error)) return kept;
  const said = apiErrorOf(error);
  if (nobodyListens(error) || (said !== null && NOT_ENABLED.has(said.code))) return none;
  if (said === null) {
    // JetStream is there and does not answer now, as while a cluster agrees on who leads it.
    return {
      keeps: true,
      problem: `The broker does not answer about its stream ${EVENT_STREAM}; it is asked again.`,
    };
  }
  const problem = `The broker keeps no events: ${said.message}. Give it room for the stream ${EVENT_STREAM}; until then dashboards of other machines take snapshots.`;
  return { keeps: false, problem };
}

/** What the broker itself said; the client wraps some of it. */
function apiErrorOf(error: unknown): JetStreamApiError | null {
  const { JetStreamApiError: ApiError } = nats().jetstream;
  if (error instanceof ApiError) return error;
  return error instanceof Error && error.cause instanceof ApiError ? error.cause : null;
}
