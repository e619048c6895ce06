import type { Bridge, ConnectionState } from '../bridge/connection.ts';

/** Silence after which the host is asked whether it is there, and how long it may take to say so; both ms. */
const SILENCE_MS = 8000;
const ANSWER_MS = 5000;

/**
 * Tells a host that is busy or hung from one that has nothing to say: after 8 s without an event it is pinged, and
 * while the answer is missing the connection is `stale`. Any sign of life ends that. Returns a function that ends it.
 */
export function startWatchdog(bridge: Bridge, report: (state: ConnectionState) => void): () => void {
  let lastSign = Date.now();
  let stale = false;
  let asking = false;

  function alive(): void {
    lastSign = Date.now();
    if (!stale) return;
    stale = false;
    report(bridge.connection());
  }

  async function look(): Promise<void> {
    if (asking || bridge.connection().kind !== 'live' || Date.now() - lastSign < SILENCE_MS) return;
    asking = true;
    const askedAt = Date.now();
    const late = setTimeout(() => {
      if (bridge.connection().kind !== 'live' || lastSign >= askedAt) return;
      stale = true;
      report({ kind: 'stale', since: lastSign });
    }, ANSWER_MS);
    const response = await bridge.commands['host.ping']({});
    clearTimeout(late);
    asking = false;
    if (response.ok) alive();
  }

  const timer = setInterval(() => void look(), 2000);
  const endEvents = bridge.onEvents(alive);
  const endStates = bridge.onConnection(() => {
    lastSign = Date.now();
    stale = false;
  });
  return () => {
    clearInterval(timer);
    endEvents();
    endStates();
  };
}
