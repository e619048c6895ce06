import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { changeConfig } from '../state/change-config.ts';
import { feedback } from '../state/feedback.ts';
import { formatClock } from './format.ts';
import classes from './notice-bell.module.css';

const HOUR_MS = 3_600_000;
const CHOICES = [1, 4, 8] as const;

/** Silence for a while: the same setting the tray of the desktop changes. */
export function NoticeMute({ mutedUntil }: { mutedUntil: number | null }) {
  const box = useRef<HTMLDivElement>(null);
  const muted = mutedUntil !== null;
  const before = useRef(muted);
  useEffect(() => {
    if (before.current === muted) return;
    before.current = muted;
    // The button that was pressed is gone; the keyboard goes on with what has taken its place.
    if (document.activeElement === document.body) box.current?.querySelector('button')?.focus();
  }, [muted]);

  // No button is ever disabled meanwhile: that would take the keyboard away from who has just pressed it.
  function mute(until: number | null): void {
    changeConfig({ notifications: { mutedUntil: until } }).catch((error: unknown) =>
      feedback.error('The notifications could not be muted', error, { key: 'mute-all' }),
    );
  }
  if (mutedUntil !== null) {
    return (
      <div ref={box} className={classes.mute}>
        <span role="status">Nothing pops up until {formatClock(mutedUntil, Date.now())}.</span>
        <Button size="compact-xs" onClick={() => mute(null)}>
          Unmute
        </Button>
      </div>
    );
  }
  return (
    <div ref={box} className={classes.mute}>
      <span>Mute all for</span>
      {CHOICES.map((hours) => (
        <Button
          key={hours}
          size="compact-xs"
          aria-label={`Mute all for ${hours} h`}
          onClick={() => mute(Date.now() + hours * HOUR_MS)}
        >
          {hours} h
        </Button>
      ))}
    </div>
  );
}
