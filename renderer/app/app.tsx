import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ErrorBoundary } from 'react-error-boundary';
import { ScreenError } from '../components/screen-error.tsx';
import type { HostSession } from '../state/host-session.ts';
import { ColorSchemeSync } from './color-scheme-sync.tsx';
import { HostSessionContext } from './host-session-context.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

export function App({ queries, session }: { queries: QueryClient; session: HostSession }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ColorSchemeSync />
      <Notifications position="bottom-right" limit={6} />
      <QueryClientProvider client={queries}>
        <ErrorBoundary FallbackComponent={ScreenError}>
          <HostSessionContext value={session}>
            <RouterProvider router={router} />
          </HostSessionContext>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
