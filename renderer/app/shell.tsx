import { Outlet, useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { use, useEffect, useLayoutEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { ConnectionBanner } from '../components/connection-banner.tsx';
import { HostNotices } from '../components/host-notices.tsx';
import { LiveRegion } from '../components/live-region.tsx';
import { NoticeToasts } from '../components/notice-toasts.tsx';
import { ScreenError } from '../components/screen-error.tsx';
import { useFleet } from '../state/fleet.ts';
import { useShown } from '../state/shown-host.ts';
import { Dialogs } from './dialogs.tsx';
import { HostBand } from './host-band.tsx';
import { HostSessionContext } from './host-session-context.ts';
import { Nav } from './nav.tsx';
import { Palette } from './palette.tsx';
import classes from './shell.module.css';
import { StartScreen } from './start-screen.tsx';
import { useActionReader } from './use-action-context.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWindowTitle } from './use-window-title.ts';

/** Draws the host the address asks for, anew for each: nothing drawn for one is kept for another. */
export function Shell() {
  const { host: asked = null } = useSearch({ strict: false });
  const shown = useShown(({ hostId }) => hostId);
  const session = use(HostSessionContext);
  useLayoutEffect(() => session.show(asked), [session, asked]);
  // A link made on another machine may name the very host this page belongs to.
  const own = useFleet(({ hosts }) => asked !== null && hosts[asked]?.state === 'here');
  const navigate = useNavigate();
  useEffect(() => {
    if (own) void navigate({ to: '.', search: (search) => ({ ...search, host: undefined }), replace: true });
  }, [own, navigate]);
  // Not for a single frame does one host's data stand under another's address.
  return asked === shown ? <OfHost key={shown ?? ''} /> : null;
}

/** What is around every screen. A screen that fails is replaced by a message; navigation goes on working. */
function OfHost() {
  useShortcuts(useActionReader());
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={focusScreen}>
        Skip to the content
      </button>
      <WindowTitle />
      <Nav />
      <main id="screen" className={classes.screen} tabIndex={-1}>
        <HostBand />
        <ConnectionBanner />
        <HostNotices />
        <ErrorBoundary FallbackComponent={ScreenError} resetKeys={[path]}>
          <StartScreen needsHost={path !== '/fleet'}>
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

/** Apart from the shell: the number in the title changes more often than anything around the screens. */
function WindowTitle() {
  useWindowTitle();
  return null;
}

function focusScreen(): void {
  document.getElementById('screen')?.focus();
}
