import { Button } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { currentBridge } from '../../bridge/current.ts';
import { Time } from '../../components/time.tsx';
import { changeConfig } from '../../state/change-config.ts';
import { testNotification } from '../../state/environment.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { useTicking } from '../../state/ticker.ts';
import classes from './settings-screen.module.css';

const HOUR_MS = 3_600_000;
const choices = [1, 4, 8] as const;

/** Silence with an end. The same as the bell's and the tray's: all three change one setting. */
export function MuteRow() {
  const until = useHost((state) => state.settings?.notifications.mutedUntil ?? null);
  const muted = useTicking((now) => until !== null && until > now);
  const mute = useMutation({
    mutationFn: (mutedUntil: number | null) => changeConfig({ notifications: { mutedUntil } }),
    onError: (error) => feedback.error('That could not be set', error),
  });
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div className={classes.label}>Mute for a while</div>
        <div className={classes.help}>
          {muted ? (
            <>
              Nothing pops up until <Time at={until} style="clock" />.
            </>
          ) : (
            'Nothing pops up for so long. The bell lists it all the same.'
          )}
        </div>
      </div>
      <div className={classes.controls}>
        {muted ? (
          <Button loading={mute.isPending} onClick={() => mute.mutate(null)}>
            Unmute
          </Button>
        ) : (
          choices.map((hours) => (
            <Button
              key={hours}
              disabled={mute.isPending}
              aria-label={`Mute for ${hours} h`}
              onClick={() => mute.mutate(Date.now() + hours * HOUR_MS)}
            >
              {hours} h
            </Button>
          ))
        )}
      </div>
    </div>
  );
}

/** Tells something for a try: whether notices arrive is otherwise learned when one was needed. */
export function TestRow() {
  const test = useMutation({ mutationFn: testNotification });
  const desktop = currentBridge().hostKind === 'desktop';
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div className={classes.label}>Try it</div>
        <div className={classes.help} role="status">
          {test.isError
            ? `It could not be sent: ${test.error.message}`
            : test.isSuccess
              ? 'Sent. It is in the bell too.'
              : desktop
                ? 'If nothing appears, allow notifications of Skillward in the settings of your system.'
                : 'Appears at the lower right of this page. Native notifications come with the desktop app.'}
        </div>
      </div>
      <div className={classes.controls}>
        <Button
          leftSection={<IconBellRinging size={15} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send a test
        </Button>
      </div>
    </div>
  );
}
