import { EVENT_STREAM, subjectOf } from '../../core/fleet/subjects.ts';
import { nats } from '../nats.ts';
import type { FleetSession } from '../types.ts';

/** Messages of one host fetched ahead: with batches of at most 256 KiB this bounds what a slow dashboard holds. */
const MAX_AHEAD = 32;
/** The broker forgets a consumer nobody reads after this long, ms. */
const CONSUMER_KEPT_MS = 60_000;

/** Where in the stream somebody stopped reading; null where there was no stream. */
export interface StreamPlace {
  /** A stream made anew counts from one again: its birth tells it from the former one. */
  readonly created: string;
  readonly sequence: number;
}

/** One host's events as they come, until it is stopped. */
export interface EventTap {
  readonly kind: 'stream' | 'live';
  /** Whether it goes on where `after` was, without a hole. */
  readonly resumed: boolean;
  place(): StreamPlace | null;
  stop(): void;
}

export interface TapOptions {
  readonly session: FleetSession;
  readonly hostId: string;
  /** Where an earlier tap on the stream stopped. */
  readonly after: StreamPlace | null;
  readonly onMessage: (data: Uint8Array) => void;
  /** It ended without being stopped, and not because the connection went. */
  readonly onEnd: (error: unknown) => void;
}

/** Reads from the stream, in order and with what was missed meanwhile. Rejects when the broker does not let us. */
export async function tapStream({ after, hostId, onEnd, onMessage, session }: TapOptions): Promise<EventTap> {
  const js = nats().jetstream.jetstream(session.connection);
  const manager = await js.jetstreamManager(false);
  const { created, state } = await manager.streams.info(EVENT_STREAM);
  const resumed =
    after !== null &&
    after.created === created &&
    state.first_seq <= after.sequence + 1 &&
    after.sequence <= state.last_seq;
  let sequence = resumed ? after.sequence : state.last_seq;
  const consumer = await js.consumers.get(EVENT_STREAM, {
    // One subject each: a broker before 2.10 knows no consumer with several.
    filter_subjects: subjectOf(hostId, 'events'),
    opt_start_seq: sequence + 1,
    inactive_threshold: CONSUMER_KEPT_MS,
  });
  const messages = await consumer.consume({ max_messages: MAX_AHEAD });
  let stopped = false;
  const read = async () => {
    for await (const message of messages) {
      if (stopped) return;
      sequence = message.seq;
      onMessage(message.data);
    }
    if (!stopped) onEnd(null);
  };
  read().catch(onEnd);
  return {
    kind: 'stream',
    resumed,
    place: () => ({ created, sequence }),
    stop: () => {
      stopped = true;
      messages.stop();
    },
  };
}

/** Listens to what is published from now on: for brokers that keep nothing. */
export function tapLive({ hostId, onEnd, onMessage, session }: TapOptions): EventTap {
  let stopped = false;
  const subscription = session.connection.subscribe(subjectOf(hostId, 'events'), {
    callback: (error, message) => {
      if (stopped) return;
      if (error !== null) onEnd(error);
      // What a consumer was told to deliver here comes under another subject, and past who may publish on this one.
      else if (message.subject === subjectOf(hostId, 'events')) onMessage(message.data);
    },
  });
  return {
    kind: 'live',
    resumed: false,
    place: () => null,
    stop: () => {
      stopped = true;
      subscription.unsubscribe();
    },
  };
}
