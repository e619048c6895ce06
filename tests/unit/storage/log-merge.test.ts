import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LogSource,
  type Merged,
  type MergeRequest,
  mergeLogs,
} from '../../../electron/storage/logs/log-merge.ts';
import { decodePlace, encodePlace, type LogPlace } from '../../../electron/storage/logs/log-place.ts';
import type { LogLine } from '../../../shared/model/log.ts';

const BYTES_A_LINE = 10;

/** A log whose pieces have `size` lines. */
function sourceOf(skillId: string, lines: readonly LogLine[], size: number): LogSource {
  const nextId = (lines.at(-1)?.id ?? -1) + 1;
  return {
    skillId,
    nextId,
    below: (id, before, mayRead) => {
      const left = lines.filter((line) => line.id < id && line.at < before).slice(-size);
      const [first] = left;
      if (first === undefined) return null;
      return mayRead(left.length * BYTES_A_LINE) ? { lines: left, edge: first.id } : 'refused';
    },
    above: (id, after, mayRead) => {
      const left = lines.filter((line) => line.id >= id && line.at > after).slice(0, size);
      const last = left.at(-1);
      if (last === undefined) return null;
      return mayRead(left.length * BYTES_A_LINE) ? { lines: left, edge: last.id + 1 } : 'refused';
    },
  };
}

/** Logs of up to five skills: rising ids with gaps, times that rarely move on, so that many share one millisecond. */
const logs = fc
  .array(
    fc.record({
      steps: fc.array(
        fc.record({ gap: fc.integer({ min: 1, max: 3 }), wait: fc.integer({ min: 0, max: 2 }) }),
        {
          maxLength: 40,
        },
      ),
      size: fc.integer({ min: 1, max: 7 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((skills) =>
    skills.map(({ steps, size }, index) => {
      const skillId = `s${index}`;
      let id = 0;
      let at = 0;
      const lines = steps.map(({ gap, wait }): LogLine => {
        id += gap;
        at += wait;
        return { id, at, skillId, stream: 'stderr', level: 'info', text: id % 3 === 0 ? 'yes' : 'no' };
      });
      return { lines, source: sourceOf(skillId, lines, size) };
    }),
  );

const everything = (lines: readonly LogLine[]) => lines;
const onlyYes = (lines: readonly LogLine[]) => lines.filter((line) => line.text === 'yes');

function request(
  direction: MergeRequest['direction'],
  limit: number,
  more: Partial<MergeRequest> = {},
): MergeRequest {
  const whole = { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };
  return { ...whole, direction, limit, filter: everything, mayRead: () => true, ...more };
}

/** Page after page until nothing is left; every page may read a few lines more than it must. */
function pages(
  sources: readonly LogSource[],
  direction: MergeRequest['direction'],
  limit: number,
  more: Partial<MergeRequest>,
  bytes: number,
): LogLine[] {
  let place: LogPlace | null = null;
  let lines: LogLine[] = [];
  for (let round = 0; ; round += 1) {
    if (round > 2000) throw new Error('the pages lead nowhere');
    let left = bytes;
    let pieces = 0;
    const mayRead = (wanted: number) => {
      left -= wanted;
      pieces += 1;
      return left >= 0 || pieces <= sources.length;
    };
    const page = merge(sources, place, request(direction, limit, { ...more, mayRead }));
    lines = direction === 'older' ? [...page.lines, ...lines] : [...lines, ...page.lines];
    if (page.done) return lines;
    place = decodePlace(encodePlace(page.reached));
  }
}

function merge(...request: Parameters<typeof mergeLogs>): Merged {
  const merging = mergeLogs(...request);
  for (;;) {
    const step = merging.next();
    if (step.done === true) return step.value;
  }
}

function merged(all: readonly { readonly lines: readonly LogLine[] }[]): LogLine[] {
  return all
    .flatMap(({ lines }) => lines)
    .sort((a, b) => a.at - b.at || a.skillId.localeCompare(b.skillId) || a.id - b.id);
}

describe('mergeLogs', () => {
  it('gives every line once, by time, then skill, then number, in pages of any size and in both directions', () => {
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<MergeRequest['direction']>('older', 'newer'),
        fc.integer({ min: 0, max: 200 }),
        (all, limit, direction, bytes) => {
          const sources = all.map(({ source }) => source);
          expect(pages(sources, direction, limit, {}, bytes)).toEqual(merged(all));
        },
      ),
    );
  });

  it('gives every line that matches once, inside its stretch, however little one page may read', () => {
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<MergeRequest['direction']>('older', 'newer'),
        fc.record({ after: fc.integer({ min: -1, max: 40 }), length: fc.integer({ min: 1, max: 30 }) }),
        (all, limit, direction, { after, length }) => {
          const before = after + length;
          const sources = all.map(({ source }) => source);
          const wanted = onlyYes(merged(all)).filter((line) => line.at > after && line.at < before);
          expect(pages(sources, direction, limit, { after, before, filter: onlyYes }, 0)).toEqual(wanted);
        },
      ),
    );
  });

  it('meets itself: what one read began at, the other direction goes on from', () => {
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (all, before, limit) => {
          const sources = all.map(({ source }) => source);
          const back = merge(sources, null, request('older', limit, { before }));
          const on = merge(sources, back.began, request('newer', 1000));
          const whole = merged(all);
          const until = whole.filter((line) => line.at < before).slice(-limit);
          expect([...back.lines, ...on.lines]).toEqual([
            ...until,
            ...whole.filter((line) => line.at >= before),
          ]);
        },
      ),
    );
  });

  it('waits behind the last line for what is yet to come, also where nothing was in the stretch', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 0, max: 90 }), (all, after) => {
        const back = merge(
          all.map(({ source }) => source),
          null,
          request('older', 5, { after }),
        );
        for (const { source } of all) expect(back.began.get(source.skillId)?.id).toBe(source.nextId);
      }),
    );
  });

  it('keeps the lines of a skill in their order when the clock was set back', () => {
    const lines = [50, 60, 10, 20].map(
      (at, id): LogLine => ({ id, at, skillId: 'a', stream: 'stderr', level: 'info', text: '' }),
    );
    const other = sourceOf(
      'b',
      [{ id: 0, at: 15, skillId: 'b', stream: 'stderr', level: 'info', text: '' }],
      5,
    );
    const found = pages([sourceOf('a', lines, 2), other], 'older', 2, {}, 0);
    expect(found.filter((line) => line.skillId === 'a')).toEqual(lines);
    expect(found).toHaveLength(5);
  });
});

describe('a place in the logs', () => {
  it('is refused when nobody here wrote it', () => {
    for (const cursor of ['', '{}', '{"v":2,"at":[]}', '{"v":1,"at":[["a",-1,null]]}', '[['])
      expect(() => decodePlace(cursor)).toThrowError(expect.objectContaining({ code: 'invalid_cursor' }));
  });
});
