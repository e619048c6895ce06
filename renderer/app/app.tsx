import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ErrorBoundary } from 'react-error-boundary';
import { ScreenError } from '../components/screen-error.tsx';
import { ColorSchemeSync } from './color-scheme-sync.tsx';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

export function App({ queries }: { queries: QueryClient }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ColorSchemeSync />
      <Notifications position="bottom-right" limit={6} />
      <QueryClientProvider client={queries}>
        <ErrorBoundary FallbackComponent={ScreenError}>
          <RouterProvider router={router} />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
