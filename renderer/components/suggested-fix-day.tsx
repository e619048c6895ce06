import { formatDay, formatExact } from './format.ts';

/** The day of a point in time (epoch ms), `3 Nov`, with the exact time in its tooltip. */
export function Day({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatDay(at, Date.now())}
    </time>
  );
}
