import type { QueryClient } from '@tanstack/react-query';
import type { SequencedEvent } from '../../shared/contract/index.ts';
import type { Bridge } from '../bridge/connection.ts';
import { type QueryTopic, staleAfter } from './query-keys.ts';

/** Least time between two refreshes of the same answer, in ms, unless its query says more (`meta.refreshMs`). */
const REFRESH_MS = 1000;

/** The part of a document that tells whether anybody looks. */
export interface PageLike {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { readonly refreshMs?: number };
  }
}

/**
 * Fetches shown answers again when an event has made them old: at most once a second each, and not at all while the
 * page is hidden. Returns a function that ends it.
 */
export function startQueryRefresh(bridge: Bridge, client: QueryClient, page: PageLike): () => void {
  const old = new Set<string>();

  function note(batch: readonly SequencedEvent[]): void {
    for (const event of batch) {
      for (const [topic, skillId] of staleAfter(event)) old.add(`${topic}\n${skillId ?? ''}`);
    }
  }

  function flush(): void {
    if (old.size === 0 || page.hidden) return;
    const now = Date.now();
    const later = new Set<string>();
    for (const entry of old) {
      const [topic, skillId] = entry.split('\n') as [QueryTopic, string];
      void client.invalidateQueries({
        predicate: (query) => {
          const [key, id] = query.queryKey;
          if (key !== topic || (skillId !== '' && id !== skillId && id !== null)) return false;
          const due = now - query.state.dataUpdatedAt >= (query.meta?.refreshMs ?? REFRESH_MS) - 50;
          if (!due) later.add(entry);
          return due;
        },
      });
    }
    old.clear();
    for (const entry of later) old.add(entry);
  }

  const endEvents = bridge.onEvents(note);
  const endStates = bridge.onConnection((state) => {
    // What happened while away is unknown: everything shown is asked for again.
    if (state.kind === 'live' && !state.resumed) void client.invalidateQueries();
  });
  const timer = setInterval(flush, REFRESH_MS);
  page.addEventListener('visibilitychange', flush);
  return () => {
    endEvents();
    endStates();
    clearInterval(timer);
    page.removeEventListener('visibilitychange', flush);
  };
}
