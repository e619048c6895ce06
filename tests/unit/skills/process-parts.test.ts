import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxJsonDepth } from '../../../electron/core/json-depth.ts';
import { plainText, readJsonLine } from '../../../electron/skills/json-line.ts';
import { LogLimiter } from '../../../electron/skills/log-limiter.ts';
import { logText } from '../../../electron/skills/log-text.ts';
import { MemoryWatch } from '../../../electron/skills/memory-watch.ts';
import { NoiseCounter } from '../../../electron/skills/noise.ts';
import { notificationLine } from '../../../electron/skills/notification-line.ts';
import { sendSignal } from '../../../electron/skills/send-signal.ts';
import { StderrRing } from '../../../electron/skills/stderr-ring.ts';
import { sweepRun } from '../../../electron/skills/sweep.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';
import { FakeTree } from '../../support/harness/fake-process.ts';

describe('readJsonLine', () => {
  test('only an object is a message', () => {
    expect(readJsonLine(' {"a":1}\t')).toEqual({ kind: 'json', value: { a: 1 } });
    for (const text of ['[1]', '1', '"x"', 'null', '{torn', 'torn}', '{"a":}', 'hello']) {
      expect(readJsonLine(text)).toEqual({ kind: 'text' });
    }
    expect(readJsonLine('  \r')).toEqual({ kind: 'blank' });
  });

  test('deep nesting is refused before anything is built, but not brackets in strings', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(readJsonLine(nested(maxJsonDepth)).kind).toBe('json');
    expect(readJsonLine(nested(maxJsonDepth + 1))).toEqual({ kind: 'too-deep' });
    expect(readJsonLine(nested(10_000))).toEqual({ kind: 'too-deep' });
    expect(readJsonLine(JSON.stringify({ a: `${'['.repeat(5000)}\\"${'{'.repeat(5000)}` })).kind).toBe(
      'json',
    );
  });

  test('agrees with JSON.parse on every object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(readJsonLine(text)).toEqual({ kind: 'json', value: JSON.parse(text) });
      }),
    );
  });
});

test('text for people has no control characters and an end', () => {
  expect(plainText('a\u0000b\u001b[2Jc\nd\u009b')).toBe('ab[2Jc\nd');
  expect(plainText('x'.repeat(3000))).toHaveLength(2001);
});

test('a log line keeps tabs and colours and cannot steer a terminal', () => {
  expect(logText('\u001b[31mred\u001b[0m\tplain')).toBe('\u001b[31mred\u001b[0m\tplain');
  expect(
    logText('a\u001b[2J\u001b[Hb\u001b]0;title\u0007c\u001b]8;;http://x\u001b\\d\u001bce\u0008\u0000\r'),
  ).toBe('abcde');
  expect(logText('\u009b2Jx')).toBe('2Jx');
});

describe('StderrRing', () => {
  test('keeps the last bytes, whatever the chunks, in constant memory', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 30 })), (chunks) => {
        const ring = new StderrRing(16);
        for (const chunk of chunks) ring.push(Buffer.from(chunk));
        const all = chunks.join('');
        expect(ring.totalBytes).toBe(all.length);
        const expected = all
          .slice(-16)
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '');
        expect(ring.lastLines(100)).toEqual(expected);
      }),
    );
  });

  test('answers the last lines that say something, oldest first, each of bounded length', () => {
    const ring = new StderrRing();
    ring.push(Buffer.from('one\ntwo\r\n\n  \nthree'));
    expect(ring.lastLines(2)).toEqual(['two', 'three']);
    expect(ring.lastLines(1, 3)).toEqual(['thr…']);
    expect(new StderrRing().lastLines(3)).toEqual([]);
  });
});

describe('LogLimiter', () => {
  test('lets a burst through whole, counts what is over the rate, and tells it once a second', async () => {
    const clock = new FakeClock();
    const written: string[] = [];
    let dropped = 0;
    const limiter = new LogLimiter({
      clock,
      write: (stream, text) => void written.push(`${stream}:${text.length < 90 ? text : text.length}`),
      onDropped: (_stream, bytes) => {
        dropped += bytes;
      },
    });
    for (let line = 0; line < 2000; line += 1) limiter.write('stderr', 'x'.repeat(999));
    const kept = written.length;
    expect(kept).toBeGreaterThan(900);
    expect(kept).toBeLessThan(1100);
    expect(dropped).toBe((2000 - kept) * 1000);
    await clock.advance(1000);
    expect(written.slice(kept)).toEqual([
      `host:${dropped} bytes of output were not kept: the skill writes faster than logs are kept`,
    ]);
    limiter.write('stderr', 'room again');
    expect(written.at(-1)).toBe('stderr:room again');
    await clock.advance(5000);
    expect(written).toHaveLength(kept + 2);
  });

  test('empty lines cost something too', () => {
    const clock = new FakeClock();
    let written = 0;
    const limiter = new LogLimiter({
      clock,
      write: () => {
        written += 1;
      },
      onDropped: () => {},
    });
    for (let line = 0; line < 100_000; line += 1) limiter.write('stderr', '');
    expect(written).toBeLessThan(20_000);
  });
});

describe('NoiseCounter', () => {
  test('counts for ever, judges the last minute, and lets banners before the handshake pass', async () => {
    const clock = new FakeClock();
    const noise = new NoiseCounter(clock, () => {});
    for (let line = 0; line < 10; line += 1) noise.addText(false);
    expect(noise.linesLastMinute()).toBe(0);
    for (let line = 0; line < 100; line += 1) noise.addText(true);
    await clock.advance(49_000);
    noise.addText(true);
    expect(noise.linesLastMinute()).toBe(101);
    await clock.advance(11_000);
    expect(noise.linesLastMinute()).toBe(1);
    expect(noise.counts.nonJsonLines).toBe(111);
    noise.forgetRecent();
    expect(noise.linesLastMinute()).toBe(0);
  });
});

describe('MemoryWatch', () => {
  test('three samples in a row over the limit, and only three in a row, are too many; it is said once', () => {
    const watch = new MemoryWatch();
    const said = [150, 150, 50, 150, 150, 150, 150].map(
      (mega) => watch.note(mega * 1_000_000, 100_000_000).overLimit !== null,
    );
    expect(said).toEqual([false, false, false, false, false, true, false]);
    watch.reset();
    expect(watch.bytes).toBe(null);
    expect([1, 2, 3, 4].map(() => watch.note(1e12, null).overLimit)).toEqual([null, null, null, null]);
  });

  test('a figure that hardly moved is not worth telling', () => {
    const watch = new MemoryWatch();
    expect([10_000_000, 10_100_000, 12_000_000].map((bytes) => watch.note(bytes, null).changed)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

test('notifications that are logs or progress read as log lines, others are not kept', () => {
  expect(notificationLine('notifications/message', { level: 'warning', logger: 'db', data: 'slow' })).toBe(
    '[warning] db: slow',
  );
  expect(notificationLine('notifications/message', { data: { a: 1 } })).toBe('[info] {"a":1}');
  expect(notificationLine('skill.progress', { pct: 50 })).toBe('skill.progress {"pct":50}');
  expect(notificationLine('notifications/message', null)).toBe('[info] ');
  expect(notificationLine('heartbeat', {})).toBe(null);
});

test('a signal is never sent to everybody, to init, or to our own group', () => {
  for (const pid of [0, 1, -1, -0, Number.NaN, 1.5]) expect(sendSignal(pid, 'SIGKILL')).toBe('gone');
});

describe('sweepRun', () => {
  const target = { pid: 4242, runId: 'bench.1' };

  test('looks again until a walk finds nothing: what was forked meanwhile is found too', async () => {
    const clock = new FakeClock();
    const tree = new FakeTree();
    const walks = [[7], [7, 8], [9], []];
    tree.carriers = async () =>
      new Map([
        ['bench.1', walks.shift() ?? []],
        ['bench.2', [99]],
      ]);
    const swept = sweepRun(target, { tree, clock });
    await clock.advance(200);
    expect(await swept).toEqual({ ended: 3, survivors: [] });
    expect(tree.sent.map(({ pid }) => pid)).toEqual([7, 7, 8, 9]);
  });

  test('zombies nobody reaps are dead: a group without a living member is gone', async () => {
    const clock = new FakeClock();
    const tree = new FakeTree();
    tree.signalGroup = () => 'sent';
    expect(await sweepRun(target, { tree, clock })).toEqual({ ended: 0, survivors: [] });
  });

  test('gives up after its time and says who is left', async () => {
    const clock = new FakeClock();
    const tree = new FakeTree();
    tree.carrying.set('bench.1', [7]);
    const swept = sweepRun(target, { tree, clock }, 1000);
    await clock.advance(1100);
    expect(await swept).toEqual({ ended: 1, survivors: [7] });
  });
});
