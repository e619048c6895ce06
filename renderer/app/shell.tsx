import { Outlet, useRouterState } from '@tanstack/react-router';
import { ErrorBoundary } from 'react-error-boundary';
import { ConnectionBanner } from '../components/connection-banner.tsx';
import { HostNotices } from '../components/host-notices.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { NoticeToasts } from '../components/notice-toasts.tsx';
import { ScreenError } from '../components/screen-error.tsx';
import { Dialogs } from './dialogs.tsx';
import { Nav } from './nav.tsx';
import { Palette } from './palette.tsx';
import classes from './shell.module.css';
import { StartScreen } from './start-screen.tsx';
import { useActionReader } from './use-action-context.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWindowTitle } from './use-window-title.ts';

/** What is around every screen. A screen that fails is replaced by a message; navigation goes on working. */
export function Shell() {
  useShortcuts(useActionReader());
  useWindowTitle();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={focusScreen}>
        Skip to the content
      </button>
      <Nav />
      <main id="screen" className={classes.screen} tabIndex={-1}>
        <ConnectionBanner />
        <HostNotices />
        <ErrorBoundary FallbackComponent={ScreenError} resetKeys={[path]}>
          <StartScreen>
            <Outlet />
          </StartScreen>
        </ErrorBoundary>
      </main>
      <Palette />
      <Dialogs />
      <LiveRegion />
      <NoticeToasts />
    </div>
  );
}

function focusScreen(): void {
  document.getElementById('screen')?.focus();
}
