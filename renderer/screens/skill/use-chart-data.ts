import { useCallback, useMemo } from 'react';
import type { HistoryBucket, HistoryMark } from '../../../shared/model/history.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { type Segment, toSegments } from '../../charts/segments.ts';
import { type ChartPoint, gapAfterMs, toPoints } from '../../charts/series.ts';
import { useHistory } from '../../state/queries.ts';
import { type RangeId, ranges, type TimeWindow, windowAt } from '../../state/ranges.ts';
import { useTicking } from '../../state/ticker.ts';

export interface ChartData {
  /** Names the stretch asked for; `waiting` while an answer for another one stands in. */
  readonly stretchKey: string;
  readonly window: TimeWindow;
  readonly buckets: readonly HistoryBucket[];
  readonly marks: readonly HistoryMark[];
  readonly points: readonly ChartPoint[];
  readonly segments: readonly Segment[];
}

export interface ChartQuery {
  /** Undefined until the first answer. */
  readonly data: ChartData | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Epoch ms: the right edge of the range at this moment. */
  readonly latest: number;
}

/** Steps of the clock the drawing follows, ms: a pixel of the shortest range, no more. */
const CLOCK_STEP_MS = 5000;
const noBuckets: readonly HistoryBucket[] = [];

/** History of a skill, ready to draw. The window moves on with the clock, also when nothing is checked any more. */
export function useChartData(skill: Skill, rangeId: RangeId, zoom: TimeWindow | null): ChartQuery {
  const range = ranges[rangeId];
  const { data, error, isPlaceholderData, refetch } = useHistory(skill.id, zoom ?? rangeId);
  const latest = useTicking(useCallback((now: number) => windowAt(range, now).to, [range]));
  const now = useTicking(useCallback((at: number) => Math.floor(at / CLOCK_STEP_MS) * CLOCK_STEP_MS, []));

  // While an answer for another stretch stands in, its own window is the true one.
  const from = zoom?.from ?? (isPlaceholderData && data ? data.from : latest - range.ms);
  const to = zoom?.to ?? (isPlaceholderData && data ? data.to : latest);
  const window = useMemo(() => ({ from, to }), [from, to]);

  const { health, restart } = skill.config;
  const intervalMs = health.checkIntervalSecs * 1000;
  const longestWaitMs =
    (restart.maxDelaySecs * (1 + restart.jitterPercent / 100) + restart.handshakeTimeoutSecs) * 1000;
  const buckets = data?.buckets ?? noBuckets;
  const gapMs = useMemo(() => gapAfterMs(bucketWidth(buckets), intervalMs), [buckets, intervalMs]);
  const points = useMemo(() => toPoints(buckets, gapMs), [buckets, gapMs]);

  const quarantinedSince = skill.lifecycle === 'quarantined' ? (skill.healthSince ?? from) : null;
  const pausedOrDisabled = skill.paused || skill.lifecycle === 'disabled';
  const marks = data?.marks;
  const segments = useMemo(
    () =>
      toSegments({
        buckets,
        marks: marks ?? [],
        window,
        now,
        gapMs,
        badGapMs: gapMs + longestWaitMs,
        standing: { quarantinedSince, pausedOrDisabled },
      }),
    [buckets, marks, window, now, gapMs, longestWaitMs, quarantinedSince, pausedOrDisabled],
  );

  const stretchKey = isPlaceholderData ? 'waiting' : zoom === null ? rangeId : `${zoom.from}-${zoom.to}`;
  const drawn = useMemo(
    () => (marks === undefined ? undefined : { stretchKey, window, buckets, marks, points, segments }),
    [stretchKey, window, buckets, marks, points, segments],
  );
  return { data: drawn, error, retry: () => void refetch(), latest };
}

/** The narrowest bucket, ms: at the edges of a window the host may cut one. */
function bucketWidth(buckets: readonly HistoryBucket[]): number {
  let width = Number.POSITIVE_INFINITY;
  for (const bucket of buckets) width = Math.min(width, bucket.to - bucket.from);
  return Number.isFinite(width) ? width : 0;
}
