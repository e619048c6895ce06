import { Button, Switch } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { currentBridge } from '../../bridge/current.ts';
import { AnchorLink } from '../../components/links.tsx';
import { changeConfig } from '../../state/change-config.ts';
import { testNotification } from '../../state/environment.ts';
import { useHost } from '../../state/host-store.ts';
import classes from './first-steps.module.css';

/** Step 2: whether Skillward may interrupt, and a try whether it arrives. */
export function Notifying() {
  const enabled = useHost((state) => state.settings?.notifications.enabled) ?? true;
  const desktop = currentBridge().hostKind === 'desktop';
  const change = useMutation({
    mutationFn: (next: boolean) => changeConfig({ notifications: { enabled: next } }),
  });
  const test = useMutation({ mutationFn: testNotification });
  return (
    <>
      <Switch
        label="Tell me when a skill needs me"
        description="When one keeps failing, is quarantined, gets slow or has recovered; not at each restart."
        checked={enabled}
        disabled={change.isPending}
        error={change.error?.message}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <div className={classes.try}>
        <Button
          leftSection={<IconBellRinging size={14} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send a test
        </Button>
        <span role="status" className={classes.note}>
          {test.isError && `It could not be sent: ${test.error.message}`}
          {test.isSuccess &&
            (desktop
              ? 'Sent. If nothing appeared, allow notifications of Skillward in the settings of your system.'
              : 'Sent: it stands at the lower right of this page, and in the bell.')}
        </span>
      </div>
      <p className={classes.note}>
        Quiet hours, grouping and the rest are in the{' '}
        <AnchorLink to="/settings" search={{ section: 'notifications' }} inherit>
          settings
        </AnchorLink>
        .
      </p>
    </>
  );
}
