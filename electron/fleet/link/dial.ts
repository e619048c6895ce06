import type { NatsConnection } from '@nats-io/transport-node';
import { nats } from '../nats.ts';
import type { ConnectPlan } from './connect-options.ts';
import { type ConnectTrouble, type TroubleFacts, troubleOf } from './connect-trouble.ts';

/** What an orderly goodbye may take, ms. A broker that does not listen is left without one. */
const GOODBYE_MS = 1000;

export type Dialled =
  | { readonly ok: true; readonly connection: NatsConnection; readonly server: string }
  | ({ readonly ok: false } & ConnectTrouble);

/** Tries each server once, telling which; the first that lets this host in is the one. Never throws. */
export async function dial(
  servers: Extract<ConnectPlan, { ok: true }>['servers'],
  facts: Omit<TroubleFacts, 'server'>,
  onTry: (server: string) => void,
): Promise<Dialled> {
  let worst: ConnectTrouble = { trouble: 'waiting', problem: 'No broker is named.' };
  for (const [index, { options, url }] of servers.entries()) {
    onTry(url);
    try {
      return { ok: true, connection: await nats().core.connect(options), server: url };
    } catch (error) {
      const trouble = troubleOf(error, { ...facts, server: url });
      // Of several, what a person has to do says more than what time may do.
      if (index === 0 || (worst.trouble === 'waiting' && trouble.trouble === 'refused')) worst = trouble;
    }
  }
  return { ok: false, ...worst };
}

/** Lets what is under way on a connection end, but not for ever. Never throws. */
export async function hangUp(connection: NatsConnection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  try {
    await Promise.race([connection.drain(), patience]);
  } catch {
    // It is closed already, or about to be.
  } finally {
    clearTimeout(timer);
  }
  await connection.close().catch(() => undefined);
}
