import type { QueryClient } from '@tanstack/react-query';
import type { Bridge } from '../bridge/connection.ts';
import { homeBridge, showBridge } from '../bridge/current.ts';
import { connectRemote } from '../bridge/remote-bridge.ts';
import { followEnvironmentJobs } from './environment-jobs.ts';
import { useFleet } from './fleet.ts';
import { emptyHostData } from './host-state.ts';
import { useHost } from './host-store.ts';
import { type PageLike, startQueryRefresh } from './query-refresh.ts';
import { forgetHost, useShown } from './shown-host.ts';
import { startSync } from './sync.ts';
import { startWatchdog } from './watchdog.ts';

/** Shows one host after the other; exactly one at a time. */
export interface HostSession {
  /**
   * Shows the page's own host (null) or another one of the fleet. Everything the page held of the one before is
   * forgotten first, so that no datum of one host is ever shown as another's; what was still asked of it never answers
   * (`call.ts`). Does nothing when it is the one shown.
   */
  show(hostId: string | null): void;
}

export function createHostSession(queries: QueryClient, page: PageLike): HostSession {
  let end: () => void = () => undefined;
  return {
    show: (hostId) => {
      if (useShown.getState().hostId === hostId) return;
      end();
      forgetHost();
      useHost.setState({
        ...emptyHostData,
        connection: { kind: 'connecting' },
        problem: null,
        openingRange: null,
      });
      queries.clear();
      end = begin(hostId, queries, page);
      useShown.setState({ hostId });
    },
  };
}

function begin(hostId: string | null, queries: QueryClient, page: PageLike): () => void {
  const home = homeBridge();
  const remote = hostId === null ? null : connectTo(home, hostId);
  const bridge = remote ?? home;
  showBridge(bridge);
  const { replace, apply, setConnection, setProblem } = useHost.getState();
  const ends = [
    startSync(bridge, { read: useHost.getState, replace, apply, setConnection, setProblem }, Date.now),
    // Also while another host is shown: it is seen through ours.
    startWatchdog(home, (state) => setConnection(state.kind === 'live' ? bridge.connection() : state)),
    startQueryRefresh(bridge, queries, page),
    followEnvironmentJobs(),
  ];
  // A hidden page's timers sleep, and its lease runs out.
  const onSeen = () => {
    if (!page.hidden) remote?.renew();
  };
  page.addEventListener('visibilitychange', onSeen);
  return () => {
    page.removeEventListener('visibilitychange', onSeen);
    for (const stop of ends) stop();
    remote?.close();
  };
}

function connectTo(home: Bridge, hostId: string) {
  return connectRemote({
    home,
    hostId,
    host: () => {
      const { hosts, known } = useFleet.getState();
      return hosts[hostId] ?? (known ? null : undefined);
    },
    onHost: (listener) =>
      useFleet.subscribe((now, before) => {
        if (now.known !== before.known || now.hosts[hostId] !== before.hosts[hostId]) listener();
      }),
  });
}
