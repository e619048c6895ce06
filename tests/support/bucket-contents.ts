import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * Everything a key-value bucket holds, by key. Not by `kv.keys()`: that waits for an entry which says nothing comes after
 * it, and there may be none when an entry is replaced just then.
 */
export async function bucketContents(
  connection: NatsConnection,
  bucket: string,
): Promise<Map<string, string>> {
  const manager = await jetstreamManager(connection);
  const { state } = await manager.streams.info(`KV_${bucket}`, { subjects_filter: '>' });
  const kv = await new Kvm(connection).open(bucket);
  const found = new Map<string, string>();
  for (const subject of Object.keys(state.subjects ?? {})) {
    const key = subject.slice(`$KV.${bucket}.`.length);
    const entry = await kv.get(key);
    if (entry?.operation === 'PUT') found.set(key, entry.string());
  }
  return found;
}
