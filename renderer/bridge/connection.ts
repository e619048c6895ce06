import type { BridgeApi } from '../../shared/contract/index.ts';

/** How the page stands with its host. `stale`: connected, but the host has stopped answering. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  /** `resumed`: every event since the last one seen has been or will be delivered, so no new snapshot is needed. */
  | { readonly kind: 'live'; readonly resumed: boolean }
  | { readonly kind: 'stale'; readonly since: number }
  /** `nextAttemptAt`: epoch ms of the next try to connect. */
  /** Another host of the fleet that is not heard from; `since`: when it last was, epoch ms, null for never. */
  | { readonly kind: 'unheard'; readonly since: number | null }
  | { readonly kind: 'lost'; readonly nextAttemptAt: number }
  | { readonly kind: 'unauthorized' };

/** The preload's API plus what a connection that can break has to tell. */
export interface Bridge extends BridgeApi {
  connection(): ConnectionState;
  /** Called on every change, not for the present state. Returns a function that ends the subscription. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Tries now instead of at `nextAttemptAt`; does nothing while connected. */
  reconnect(): void;
}
