import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { call } from '../../bridge/call.ts';
import { currentBridge } from '../../bridge/current.ts';
import { shownHostId } from '../../state/shown-host.ts';
import { LogFeed, type LogFeedState } from './log-feed.ts';
import type { LineAddress, LogQuery } from './log-filter.ts';

/** How often another host is asked for new lines, ms. */
const REMOTE_MS = 2500;

/** The lines a question asks for, kept up with what is written. Another question is another feed. */
export function useLogFeed(query: LogQuery, around: LineAddress | null): [LogFeedState, LogFeed] {
  const asked = JSON.stringify([query, around]);
  const feed = useMemo(() => {
    const [theQuery, theLine] = JSON.parse(asked) as [LogQuery, LineAddress | null];
    return new LogFeed({
      query: theQuery,
      around: theLine,
      read: (payload) => call('logs.read', payload),
      later: (run, ms) => void setTimeout(run, ms),
    });
  }, [asked]);

  useEffect(() => {
    const [{ skillIds }] = JSON.parse(asked) as [LogQuery];
    const wanted = skillIds === undefined ? null : new Set(skillIds);
    const bridge = currentBridge();
    const endEvents = bridge.onEvents((batch) => {
      const written = batch.some(
        ({ event, payload }) => event === 'log.appended' && (wanted === null || wanted.has(payload.skillId)),
      );
      if (written && !document.hidden) feed.nudge();
    });
    const onSeen = () => {
      if (!document.hidden) feed.nudge();
    };
    document.addEventListener('visibilitychange', onSeen);
    const endStates = bridge.onConnection((state) => {
      // What was written while away is in the files: reading goes on where it stopped.
      if (state.kind === 'live') feed.nudge();
    });
    feed.start();
    // The lines of another host are not pushed through the fleet: they are asked for while somebody looks.
    const timer = shownHostId() === null ? undefined : setInterval(onSeen, REMOTE_MS);
    return () => {
      clearInterval(timer);
      endEvents();
      endStates();
      document.removeEventListener('visibilitychange', onSeen);
      feed.stop();
    };
  }, [asked, feed]);

  return [useSyncExternalStore(feed.subscribe, feed.state), feed];
}
