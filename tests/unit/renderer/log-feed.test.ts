import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFeed, MAX_LINES } from '../../../renderer/components/logs/log-feed.ts';
import type { CommandAnswer, CommandPayload } from '../../../shared/contract/index.ts';
import type { LogLine } from '../../../shared/model/log.ts';

/** A host with one log, whose places are line numbers. */
class Host {
  readonly log: LogLine[] = [];
  readonly asked: CommandPayload<'logs.read'>[] = [];
  waiting: (() => void)[] = [];
  /** Lines looked at in one search. */
  searched = Number.POSITIVE_INFINITY;

  write(count: number, text = 'line'): void {
    for (let n = 0; n < count; n += 1) {
      const id = this.log.length;
      this.log.push({
        id,
        at: 1000 + id,
        skillId: 'a',
        stream: 'stderr',
        level: 'info',
        text: `${text} ${id}`,
      });
    }
  }

  read = async (payload: CommandPayload<'logs.read'>): Promise<CommandAnswer<'logs.read'>> => {
    this.asked.push(payload);
    await Promise.resolve();
    const { from, cursor, limit, query, before = Number.POSITIVE_INFINITY } = payload;
    const matches = (line: LogLine) => query === undefined || line.text.includes(query);
    if (from === 'oldest') {
      const start = Number(cursor ?? 0);
      const lines = this.log.slice(start).filter(matches).slice(0, limit);
      const full = lines.length === limit;
      const end = full ? (lines.at(-1)?.id ?? 0) + 1 : this.log.length;
      return this.#answer(lines, start, end);
    }
    const end = cursor === undefined ? this.log.filter((line) => line.at < before).length : Number(cursor);
    const start = Math.max(0, end - this.searched);
    const lines = this.log.slice(start, end).filter(matches).slice(-limit);
    return this.#answer(lines, lines.length === limit ? (lines[0]?.id ?? 0) : start, end);
  };

  #answer(lines: LogLine[], start: number, end: number): CommandAnswer<'logs.read'> {
    const older = start === 0 ? null : String(start);
    const atEnd = end === this.log.length;
    const searchedTo = older === null ? null : 1000 + start;
    return { lines, droppedBytes: 0, older, newer: String(end), atEnd, searchedTo };
  }
}

function feedOf(host: Host, query: { readonly query?: string } = {}) {
  const feed = new LogFeed({ query, around: null, read: host.read, later: (run) => host.waiting.push(run) });
  const settle = async () => {
    for (let turn = 0; turn < 60; turn += 1) {
      await Promise.resolve();
      for (const run of host.waiting.splice(0)) run();
    }
  };
  return { feed, settle, ids: () => feed.state().lines.map((line) => line.id) };
}

const rising = (ids: readonly number[]) =>
  ids.every((id, index) => index === 0 || id === (ids[index - 1] ?? 0) + 1);

describe('LogFeed', () => {
  it('begins at the end, goes on as lines are written, and back as one looks further', async () => {
    const host = new Host();
    host.write(1300);
    const { feed, settle, ids } = feedOf(host);
    feed.start();
    await settle();
    expect(feed.state()).toMatchObject({ status: 'ready', live: true, hasOlder: true });
    expect([ids().at(0), ids().at(-1)]).toEqual([800, 1299]);
    host.write(7);
    feed.nudge();
    await settle();
    await feed.loadOlder();
    await feed.loadOlder();
    expect([ids().at(0), ids().at(-1), rising(ids())]).toEqual([0, 1306, true]);
    expect(feed.state().hasOlder).toBe(false);
  });

  it('holds at most ten thousand lines while it follows, and counts what nobody has seen while it does not', async () => {
    const host = new Host();
    host.write(500);
    const { feed, settle, ids } = feedOf(host);
    feed.start();
    await settle();
    for (let round = 0; round < 30; round += 1) {
      host.write(600);
      feed.nudge();
      await settle();
      expect(ids().length).toBeLessThan(MAX_LINES + 2500);
    }
    expect([ids().at(-1), rising(ids()), ids().length >= MAX_LINES]).toEqual([18_499, true, true]);
    feed.setFollowing(false);
    const first = ids()[0];
    host.write(40);
    feed.nudge();
    await settle();
    // What is being read stays; the end waits until somebody goes there.
    expect(ids()[0]).toBe(first);
    feed.toEnd();
    await settle();
    expect([ids().at(-1), feed.state().unseen, rising(ids())]).toEqual([18_539, 0, true]);
  });

  it('lets the newest go when somebody reads far back, and finds them again', async () => {
    const host = new Host();
    host.write(30_000);
    const { feed, settle, ids } = feedOf(host);
    feed.start();
    await settle();
    while (feed.state().hasOlder) await feed.loadOlder();
    expect([ids()[0], feed.state().live, ids().length < MAX_LINES + 1000]).toEqual([0, false, true]);
    await feed.loadNewer();
    expect(rising(ids())).toBe(true);
    feed.toEnd();
    await settle();
    expect([ids().at(-1), feed.state().live]).toEqual([29_999, true]);
  });

  it('begins around a line, with nothing left out on either side', async () => {
    const host = new Host();
    host.write(5000);
    const { feed, settle, ids } = feedOf(host);
    feed.start({ at: 3000, key: 'a:2000' });
    await settle();
    expect([ids()[0], ids().at(-1), rising(ids()), feed.state().live]).toEqual([1501, 2500, true, false]);
  });

  it('searches on by itself for a while, then says how far it has come', async () => {
    const host = new Host();
    host.write(1, 'needle');
    host.write(50_000);
    host.searched = 5000;
    const { feed, settle } = feedOf(host, { query: 'needle' });
    feed.start();
    await settle();
    expect(feed.state()).toMatchObject({ status: 'ready', lines: [], hasOlder: true, searchedTo: 26_001 });
    while (feed.state().hasOlder) await feed.loadOlder();
    expect(feed.state().lines).toHaveLength(1);
  });

  it('says what went wrong, and is as it was once it works again', async () => {
    const host = new Host();
    host.write(10);
    const { feed, settle, ids } = feedOf(host);
    const works = host.read;
    host.read = () => Promise.reject(new Error('the host has gone'));
    const broken = feedOf(host);
    broken.feed.start();
    await broken.settle();
    expect(broken.feed.state()).toMatchObject({ status: 'failed', error: new Error('the host has gone') });
    host.read = works;
    feed.start();
    await settle();
    expect(ids()).toHaveLength(10);
  });

  it('has every line once and in order, whatever happens in whatever order', async () => {
    const step = fc.constantFrom('write', 'nudge', 'older', 'newer', 'follow', 'let go', 'end', 'settle');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3000 }),
        fc.array(step, { maxLength: 25 }),
        async (begun, steps) => {
          const host = new Host();
          host.write(begun);
          const { feed, settle, ids } = feedOf(host);
          feed.start();
          for (const name of steps) {
            if (name === 'write') host.write(701);
            if (name === 'nudge') feed.nudge();
            if (name === 'older') void feed.loadOlder();
            if (name === 'newer') void feed.loadNewer();
            if (name === 'follow' || name === 'let go') feed.setFollowing(name === 'follow');
            if (name === 'end') feed.toEnd();
            if (name === 'settle') await settle();
          }
          feed.toEnd();
          feed.nudge();
          await settle();
          expect(rising(ids())).toBe(true);
          expect(ids().at(-1)).toBe(host.log.at(-1)?.id);
        },
      ),
      { numRuns: 40 },
    );
  });
});
