import { z } from 'zod';
import type { Skill } from '../../shared/model/skill.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const rangeIdSchema = z.enum(['1h', '24h', '7d', '30d']);
export type RangeId = z.infer<typeof rangeIdSchema>;

export interface Range {
  readonly id: RangeId;
  /** As on the control: `24 h`. */
  readonly label: string;
  /** As in a sentence: `the last 24 hours`. */
  readonly words: string;
  readonly ms: number;
  /** Cells of a heartbeat bar over this range, and the length of one in ms. */
  readonly cells: number;
  readonly cellMs: number;
  /** Points asked for in a chart; never above 360 (DESIGN.md section 7). */
  readonly points: number;
  /** Least time between two refreshes of something drawn over this range, in ms. */
  readonly refreshMs: number;
}

function range(
  id: RangeId,
  label: string,
  words: string,
  ms: number,
  cells: number,
  points: number,
  refreshMs: number,
): Range {
  return { id, label, words, ms, cells, cellMs: ms / cells, points, refreshMs };
}

/** Buckets and cells per range: reference table of the dashboard, one control for bar, chart and timeline. */
export const ranges: Readonly<Record<RangeId, Range>> = {
  '1h': range('1h', '1 h', 'the last hour', HOUR, 60, 120, 1000),
  '24h': range('24h', '24 h', 'the last 24 hours', DAY, 96, 288, 2000),
  '7d': range('7d', '7 d', 'the last 7 days', 7 * DAY, 84, 336, 10_000),
  '30d': range('30d', '30 d', 'the last 30 days', 30 * DAY, 90, 360, 30_000),
};
export const rangeIds = rangeIdSchema.options;
/** A host younger than this has next to nothing to show in a day, ms. */
const YOUNG_MS = 2 * HOUR;

/** The range a page opens with: the last day, or the last hour while the skills have only just begun to be checked. */
export function openingRangeOf(skills: Iterable<Pick<Skill, 'health' | 'config'>>): RangeId {
  for (const { config, health } of skills) {
    if (health.totalChecks * config.health.checkIntervalSecs * 1000 > YOUNG_MS) return '24h';
  }
  return '1h';
}

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** The stretch a range covers at `now`, its end on the next cell boundary so that cells keep their place while time passes. */
export function windowAt(of: Range, now: number): TimeWindow {
  const to = Math.ceil((now + 1) / of.cellMs) * of.cellMs;
  return { from: to - of.ms, to };
}
