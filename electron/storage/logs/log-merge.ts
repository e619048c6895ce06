import type { LogLine } from '../../../shared/model/log.ts';
import type { LogPlace, SkillPlace } from './log-place.ts';

/** Lines of one skill as they lie together on the disk or in memory, oldest first. */
export interface LogPiece {
  readonly lines: readonly LogLine[];
  /** Where the next piece begins: reading backward every line below it is still unread, forward every line from it on. */
  readonly edge: number;
}

/** Whether so many bytes may still be read. */
export type MayRead = (bytes: number) => boolean;

/** The log of one skill, piece by piece. A piece may be empty; null: there is none; `refused`: `mayRead` said no. */
export interface LogSource {
  readonly skillId: string;
  /** The id of the line that comes next. */
  readonly nextId: number;
  /** Nearest lines with a lower id; lines from `before` (epoch ms) on may be left out. */
  below(id: number, before: number, mayRead: MayRead): LogPiece | 'refused' | null;
  /** Nearest lines with this id or a higher one; lines up to `after` (epoch ms) may be left out. */
  above(id: number, after: number, mayRead: MayRead): LogPiece | 'refused' | null;
}

export interface MergeRequest {
  readonly direction: 'older' | 'newer';
  /** Both exclusive, epoch ms. */
  readonly after: number;
  readonly before: number;
  readonly limit: number;
  readonly filter: (lines: readonly LogLine[]) => readonly LogLine[];
  readonly mayRead: MayRead;
}

export interface Merged {
  /** Oldest first. */
  readonly lines: LogLine[];
  /** The place this read began at, within the stretch, and the one it came to. */
  readonly began: LogPlace;
  readonly reached: LogPlace;
  /** Every line of the stretch in this direction has been looked at. */
  readonly done: boolean;
}

/** One skill's part in a merge. */
interface Lane {
  readonly source: LogSource;
  /** Found and not yet given out; the next one is the last. */
  readonly pending: LogLine[];
  /** How far its pieces have been read, and the time of the line there. */
  edge: number;
  edgeAt: number;
  began: number;
  insideStretch: boolean;
  done: boolean;
}

/**
 * Weaves the logs of several skills into one, from `start` on, reading as little as it can: a piece is only read when
 * its lines could be the next. Lines of one skill keep their order whatever their times say; equal times go by skill
 * id. Two reads that go on where the other stopped give each line exactly once.
 *
 * It stops after every piece, some 2 ms of work, and lines may be added before it goes on.
 */
export function* mergeLogs(
  sources: readonly LogSource[],
  start: LogPlace | null,
  request: MergeRequest,
): Generator<void, Merged> {
  const { direction, limit } = request;
  const lanes = sources.map((source) => laneOf(source, start, direction));
  const found: LogLine[] = [];
  let stopped = false;
  while (found.length < limit && !stopped) {
    const lane = nextLane(lanes, direction);
    if (lane === undefined) break;
    const line = lane.pending.pop();
    if (line !== undefined) {
      found.push(line);
      continue;
    }
    stopped = !readOn(lane, request);
    yield;
  }
  if (direction === 'older') found.reverse();
  const done = lanes.every((lane) => lane.done && lane.pending.length === 0);
  return {
    lines: found,
    began: new Map(
      lanes.map((lane) => [lane.source.skillId, { id: lane.began, at: Number.POSITIVE_INFINITY }]),
    ),
    reached: new Map(lanes.map((lane) => [lane.source.skillId, placeOf(lane, direction)])),
    done,
  };
}

function laneOf(source: LogSource, start: LogPlace | null, direction: MergeRequest['direction']): Lane {
  const older = direction === 'older';
  const from: SkillPlace | undefined =
    start === null
      ? { id: older ? source.nextId : 0, at: Number.POSITIVE_INFINITY }
      : start.get(source.skillId);
  const id = Math.min(from?.id ?? 0, source.nextId);
  return {
    source,
    pending: [],
    edge: id,
    edgeAt: older ? (from?.at ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY,
    began: id,
    insideStretch: false,
    done: older && id === 0,
  };
}

/** The lane whose next line, known or possible, comes first. */
function nextLane(lanes: readonly Lane[], direction: MergeRequest['direction']): Lane | undefined {
  let best: Lane | undefined;
  for (const lane of lanes) {
    if (lane.done && lane.pending.length === 0) continue;
    if (best === undefined || comesBefore(lane, best, direction)) best = lane;
  }
  return best;
}

function comesBefore(one: Lane, other: Lane, direction: MergeRequest['direction']): boolean {
  const difference = timeOf(one) - timeOf(other);
  const same = Number.isNaN(difference) || difference === 0;
  const first = same ? one.source.skillId < other.source.skillId : difference < 0;
  return direction === 'newer' ? first : !first;
}

function timeOf(lane: Lane): number {
  return lane.pending.at(-1)?.at ?? lane.edgeAt;
}

/** Reads the next piece of a lane. False when nothing more may be read. */
function readOn(lane: Lane, { after, before, direction, filter, mayRead }: MergeRequest): boolean {
  const { source } = lane;
  const older = direction === 'older';
  const piece = older ? source.below(lane.edge, before, mayRead) : source.above(lane.edge, after, mayRead);
  if (piece === 'refused') return false;
  if (piece === null) {
    lane.done = true;
    lane.edge = older ? lane.edge : source.nextId;
    if (!lane.insideStretch) lane.began = older ? 0 : source.nextId;
    return true;
  }
  lane.edge = piece.edge;
  const inside = piece.lines.filter((line) => line.at > after && line.at < before);
  const entry = older
    ? piece.lines.findLast((line) => line.at < before)
    : piece.lines.find((line) => line.at > after);
  if (!lane.insideStretch) {
    // Nothing of the stretch until now: it begins further on, behind everything read so far.
    lane.began = entry === undefined ? piece.edge : entry.id + (older ? 1 : 0);
    lane.insideStretch = entry !== undefined;
  }
  const last = older ? piece.lines[0] : piece.lines.at(-1);
  if (last !== undefined) {
    lane.done = older ? last.at <= after : last.at >= before;
    if (lane.insideStretch || !older) lane.edgeAt = last.at;
  }
  // Whoever goes on from here with another stretch must not miss what this one left out.
  if (!older && lane.done) lane.edge = piece.lines.find((line) => line.at >= before)?.id ?? lane.edge;
  const matching = [...filter(inside)];
  lane.pending.push(...(older ? matching : matching.reverse()));
  return true;
}

function placeOf(lane: Lane, direction: MergeRequest['direction']): SkillPlace {
  const next = lane.pending.at(-1);
  if (direction === 'newer') return { id: next?.id ?? lane.edge, at: Number.POSITIVE_INFINITY };
  return next === undefined ? { id: lane.edge, at: lane.edgeAt } : { id: next.id + 1, at: next.at };
}
