import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './tokens.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../bridge/connection.ts';
import { setBridge } from '../bridge/current.ts';
import { setClock } from '../components/format.ts';
import { toastDone, toastError } from '../components/toast.tsx';
import { followEnvironmentJobs } from '../state/environment-jobs.ts';
import { setFeedback } from '../state/feedback.ts';
import { useHost } from '../state/host-store.ts';
import { createQueryClient } from '../state/query-client.ts';
import { startQueryRefresh } from '../state/query-refresh.ts';
import { startSync } from '../state/sync.ts';
import { startWatchdog } from '../state/watchdog.ts';
import { App } from './app.tsx';

/** Binds the page to a host and draws it. Called once per page. */
export function startApp(bridge: Bridge): void {
  setBridge(bridge);
  setFeedback({ done: toastDone, error: toastError });
  // The first to hear of it, so that whatever is drawn next is written by the new clock.
  useHost.subscribe(({ settings }) => setClock(settings?.general.clock ?? 'local'));
  const queries = createQueryClient();
  const { replace, apply, setConnection, setProblem } = useHost.getState();
  startSync(bridge, { read: useHost.getState, replace, apply, setConnection, setProblem }, Date.now);
  startWatchdog(bridge, setConnection);
  startQueryRefresh(bridge, queries, document);
  followEnvironmentJobs();

  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App queries={queries} />
    </StrictMode>,
  );
}
