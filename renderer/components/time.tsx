import { useCallback } from 'react';
import { useHost } from '../state/host-store.ts';
import { useTicking } from '../state/ticker.ts';
import { formatAgo, formatClock, formatExact, formatHeard, formatIn, formatSince } from './format.ts';

export type TimeStyle = 'ago' | 'in' | 'clock' | 'since' | 'heard';

const styles: Readonly<Record<TimeStyle, (at: number, now: number) => string>> = {
  ago: formatAgo,
  in: formatIn,
  clock: formatClock,
  since: formatSince,
  heard: formatHeard,
};

/** A point in time in relative words, the exact one in its tooltip. `at` is epoch ms; null shows `none`. */
export function Time({
  at,
  style = 'ago',
  none = '–',
}: {
  at: number | null;
  style?: TimeStyle;
  none?: string;
}) {
  if (at === null) return <>{none}</>;
  return <KnownTime at={at} style={style} />;
}

function KnownTime({ at, style }: { at: number; style: TimeStyle }) {
  // Read again when the clock is set to another zone.
  const clock = useHost((state) => state.settings?.general.clock);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the formats follow the clock
  const text = useTicking(useCallback((now: number) => styles[style](at, now), [at, style, clock]));
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {text}
    </time>
  );
}
