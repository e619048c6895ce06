import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { FLEET_VERSION, servingSchema } from '../../../shared/contract/fleet-wire.ts';
import type { Serving } from '../../core/fleet/one-boot.ts';
import { subjectOf } from '../../core/fleet/subjects.ts';
import { nobodyListens } from '../causes.ts';

/** How long others have to answer, ms. Where nobody serves the id the broker says so at once. */
const ASK_MS = 500;
const MOST_ANSWERS = 16;

/** Answers everybody who asks which start of a host serves this id, as long as the connection lasts. */
export function answerWho(connection: NatsConnection, hostId: string, boot: string): void {
  const answer = JSON.stringify({ v: FLEET_VERSION, boot });
  connection.subscribe(subjectOf(hostId, 'who'), {
    callback: (error, message) => {
      if (error === null) message.respond(answer);
    },
  });
}

/** Every start that serves this id now, as far as they answer. Throws when the connection ends or does not allow the question. */
export async function whoServes(connection: NatsConnection, hostId: string): Promise<Serving[]> {
  const answers = await connection.requestMany(subjectOf(hostId, 'who'), '', {
    strategy: 'timer',
    maxWait: ASK_MS,
    maxMessages: MOST_ANSWERS,
  });
  const found: Serving[] = [];
  try {
    for await (const message of answers) {
      const serving = read(message);
      if (serving !== null) found.push(serving);
    }
  } catch (error) {
    if (!nobodyListens(error)) throw error;
  }
  return found;
}

function read(message: Msg): Serving | null {
  try {
    const parsed = servingSchema.safeParse(message.json());
    return parsed.success ? parsed.data : null;
  } catch {
    // What is no JSON is no host.
    return null;
  }
}
