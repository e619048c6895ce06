import type { HeartbeatCell } from '../../shared/model/history.ts';

export type BeatKind = 'ok' | 'warn' | 'bad' | 'quar' | 'none';
export const beatKinds: readonly BeatKind[] = ['none', 'ok', 'warn', 'bad', 'quar'];

/** Height of a bar, and how tall each kind of cell stands in it: height is the second channel, bad stands tallest. */
export const BAR_HEIGHT = 22;
const TALL = 20;
const HIGH = 15;
const LOW = 10;
const NONE = 4;
/** The least a bad or degraded part may shrink to, px: one failure among a hundred checks must still be seen. */
const LEAST = 5;
/** Widest a whole bar gets, px. */
const WIDEST = 288;

/** Whole pixels per cell, so that bars stay crisp. */
export function pitchOf(cells: number): number {
  return Math.max(2, Math.floor(WIDEST / cells));
}

/** The parts of one cell from the ground up: kind and height in px. A cell with few failures is not red all over. */
export function partsOf(cell: HeartbeatCell | undefined): readonly (readonly [BeatKind, number])[] {
  if (cell === undefined) return [['none', NONE]];
  const bad = cell.failed + cell.unreachable;
  const checks = cell.healthy + cell.degraded + bad;
  if (checks === 0) return cell.quarantined ? [['quar', TALL]] : [['none', NONE]];
  if (bad > 0) return split(cell.degraded > cell.healthy ? 'warn' : 'ok', 'bad', TALL, bad / checks);
  if (cell.degraded > 0) return split('ok', 'warn', HIGH, cell.degraded / checks);
  return [['ok', LOW]];
}

function split(
  ground: BeatKind,
  top: BeatKind,
  height: number,
  share: number,
): readonly (readonly [BeatKind, number])[] {
  if (share >= 1) return [[top, height]];
  const part = Math.min(height - 3, Math.max(LEAST, Math.round(height * share)));
  return [
    [ground, height - part],
    [top, part],
  ];
}

/** One SVG path per kind: five nodes a bar however many cells it has. */
export function beatPaths(
  cells: readonly HeartbeatCell[],
  count: number,
): Readonly<Record<BeatKind, string>> {
  const paths: Record<BeatKind, string> = { ok: '', warn: '', bad: '', quar: '', none: '' };
  const pitch = pitchOf(count);
  const byIndex = new Map(cells.map((cell) => [cell.index, cell]));
  for (let index = 0; index < count; index += 1) {
    let ground = BAR_HEIGHT - 1;
    for (const [kind, height] of partsOf(byIndex.get(index))) {
      paths[kind] += `M${index * pitch} ${ground}v-${height}h${pitch - 1}v${height}z`;
      ground -= height;
    }
  }
  return paths;
}
