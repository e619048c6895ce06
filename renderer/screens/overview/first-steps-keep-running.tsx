import { Button, CopyButton, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { AppConfigPatch } from '../../../shared/model/config.ts';
import { currentBridge } from '../../bridge/current.ts';
import { changeConfig } from '../../state/change-config.ts';
import { useHostVersion } from '../../state/environment.ts';
import { useHost } from '../../state/host-store.ts';
import classes from './first-steps.module.css';

/** Step 3: skills run as long as the host does. */
export function KeepRunning() {
  return currentBridge().hostKind === 'desktop' ? <OnTheDesktop /> : <WithoutWindow />;
}

function OnTheDesktop() {
  const general = useHost((state) => state.settings?.general);
  const change = useMutation({ mutationFn: (patch: AppConfigPatch) => changeConfig(patch) });
  if (general === undefined) return null;
  return (
    <>
      <Switch
        label="Start at login"
        description="Opens Skillward in the tray when you log in, so that skills run without a window."
        checked={general.startAtLogin}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ general: { startAtLogin: event.currentTarget.checked } })}
      />
      <Switch
        label="Closing the window keeps skills running"
        description="Off: closing the window quits Skillward and stops every skill."
        checked={general.closeKeepsRunning}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ general: { closeKeepsRunning: event.currentTarget.checked } })}
      />
      {change.isError && <p role="alert">It could not be saved: {change.error.message}</p>}
    </>
  );
}

const unit = `[Unit]
Description=Skillward

[Service]
ExecStart=/usr/bin/env skillward serve
Restart=on-failure

[Install]
WantedBy=default.target
`;

function WithoutWindow() {
  const { data } = useHostVersion();
  const platform = data?.platform ?? '';
  return (
    <>
      <p>
        Skills run as long as this host does: closing the page stops nothing, ending{' '}
        <code>skillward serve</code> stops all of them, in order.
      </p>
      {platform.startsWith('linux') ? (
        <>
          <p>
            To start it when you log in, save this as <code>~/.config/systemd/user/skillward.service</code>,
            then <code>systemctl --user enable --now skillward</code>; with{' '}
            <code>loginctl enable-linger</code> it also runs while you are logged out.
          </p>
          <div className={classes.unit}>
            <pre>{unit}</pre>
            <CopyButton value={unit}>
              {({ copied, copy }) => (
                <Button size="compact-xs" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </div>
        </>
      ) : (
        <p>
          To start it when you log in, use the desktop app and its setting “Start at login”, or run{' '}
          <code>skillward serve</code> from{' '}
          {platform.startsWith('win32') ? 'the Task Scheduler (“At log on”)' : 'a LaunchAgent'}.
        </p>
      )}
    </>
  );
}
