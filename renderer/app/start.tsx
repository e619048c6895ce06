import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './tokens.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { hostIdSchema } from '../../shared/model/fleet.ts';
import type { Bridge } from '../bridge/connection.ts';
import { setBridge } from '../bridge/current.ts';
import { setClock } from '../components/format.ts';
import { toastDone, toastError } from '../components/toast.tsx';
import { setFeedback } from '../state/feedback.ts';
import { startFleetWatch } from '../state/fleet.ts';
import { createHostSession } from '../state/host-session.ts';
import { useHost } from '../state/host-store.ts';
import { createQueryClient } from '../state/query-client.ts';
import { App } from './app.tsx';
import { router } from './router.tsx';

/** Binds the page to a host and draws it. Called once per page. */
export function startApp(bridge: Bridge): void {
  setBridge(bridge);
  setFeedback({ done: toastDone, error: toastError });
  // The first to hear of it, so that whatever is drawn next is written by the new clock.
  useHost.subscribe(({ settings }) => setClock(settings?.general.clock ?? 'local'));
  const queries = createQueryClient();
  startFleetWatch(bridge, document);
  const session = createHostSession(queries, document);
  // Asked at once, not only when the page is drawn; from then on the shell follows the address.
  session.show(hostInAddress());

  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App queries={queries} session={session} />
    </StrictMode>,
  );
}

function hostInAddress(): string | null {
  const search: { readonly host?: unknown } = router.latestLocation.search;
  return hostIdSchema.safeParse(search.host).data ?? null;
}
