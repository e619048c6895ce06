import type { CommandAnswer, SequencedEvent } from '../../shared/contract/index.ts';
import type { Bridge, ConnectionState } from '../bridge/connection.ts';
import { applyEvents, fromSnapshot } from './apply.ts';
import type { HostData } from './host-state.ts';

/** What the synchroniser writes to. */
export interface SyncTarget {
  read(): HostData;
  replace(data: HostData): void;
  apply(batch: readonly SequencedEvent[], now: number): void;
  setConnection(state: ConnectionState): void;
  /** Why the last snapshot could not be had although the host is there; null when it could. */
  setProblem(problem: string | null): void;
}

/** Least time between two snapshots, in ms: a host whose numbers are always broken must not be asked in a loop. */
const SNAPSHOT_GAP_MS = 1000;

/**
 * Keeps `target` equal to the host (DESIGN.md section 6): subscribe, buffer, snapshot with its `seq`, apply what is
 * later; a missing number or a reconnect that could not resume means a new snapshot. Returns a function that ends it.
 */
export function startSync(bridge: Bridge, target: SyncTarget, now: () => number): () => void {
  let buffer: SequencedEvent[] | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSnapshotAt = Number.NEGATIVE_INFINITY;
  let round = 0;

  function receive(batch: readonly SequencedEvent[]): void {
    if (buffer !== null) {
      buffer.push(...batch);
      return;
    }
    if (!target.read().loaded) return;
    const { usable, gap } = contiguous(batch, target.read().seq);
    if (usable.length > 0) target.apply(usable, now());
    if (gap.length > 0) takeSnapshot(gap);
  }

  function takeSnapshot(early: readonly SequencedEvent[]): void {
    buffer = [...(buffer ?? []), ...early];
    clearTimeout(timer);
    round += 1;
    const mine = round;
    const wait = lastSnapshotAt + SNAPSHOT_GAP_MS - now();
    if (wait > 0) timer = setTimeout(() => void ask(mine), wait);
    // Not a timer: it would wait behind the first drawing of the page, which needs the answer.
    else queueMicrotask(() => void ask(mine));
  }

  async function ask(mine: number): Promise<void> {
    if (mine !== round) return;
    lastSnapshotAt = now();
    const response = await bridge.commands['state.snapshot']({});
    if (mine !== round) return;
    if (response.error !== null) {
      // Not connected any more: the next `live` starts over. Anything else may pass.
      if (bridge.connection().kind !== 'live') return;
      target.setProblem(response.error.message);
      takeSnapshot([]);
      return;
    }
    const early = buffer ?? [];
    buffer = null;
    const data = fromSnapshot(response.payload as CommandAnswer<'state.snapshot'>, now());
    const { usable, gap } = contiguous(early, data.seq);
    target.setProblem(null);
    target.replace(applyEvents(data, usable, now()));
    if (gap.length > 0) takeSnapshot(gap);
  }

  function connectionChanged(state: ConnectionState): void {
    target.setConnection(state);
    if (state.kind === 'live' && !(state.resumed && target.read().loaded && buffer === null))
      takeSnapshot([]);
  }

  const endEvents = bridge.onEvents(receive);
  const endStates = bridge.onConnection(connectionChanged);
  connectionChanged(bridge.connection());
  return () => {
    endEvents();
    endStates();
    clearTimeout(timer);
    round += 1;
  };
}

/** Splits a batch into what follows `seq` without a hole, and what comes after the first hole. Old events are dropped. */
export function contiguous(
  batch: readonly SequencedEvent[],
  seq: number,
): { usable: SequencedEvent[]; gap: SequencedEvent[] } {
  const usable: SequencedEvent[] = [];
  let last = seq;
  for (const [index, event] of batch.entries()) {
    if (event.seq <= last) continue;
    if (event.seq !== last + 1) return { usable, gap: batch.slice(index) };
    usable.push(event);
    last = event.seq;
  }
  return { usable, gap: [] };
}
