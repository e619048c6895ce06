import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { LogLimiter } from '../../../electron/skills/log-limiter.ts';
import { StderrPump } from '../../../electron/skills/stderr-pump.ts';
import { StdoutPump } from '../../../electron/skills/stdout-pump.ts';
import { FakeClock, settle } from '../../support/harness/fake-clock.ts';

function stdoutPump() {
  const clock = new FakeClock();
  const stream = new PassThrough({ highWaterMark: 64 * 1_048_576 });
  const seen = { messages: 0, texts: [] as string[], dropped: [] as string[], ends: 0 };
  const pump = new StdoutPump(stream, {
    clock,
    onMessage: () => {
      seen.messages += 1;
    },
    onText: (line) => void seen.texts.push(line),
    onDropped: (what) => void seen.dropped.push(what),
    onEnd: () => {
      seen.ends += 1;
    },
  });
  return { clock, stream, seen, pump };
}

const message = '{"jsonrpc":"2.0","method":"x"}\n';

describe('StdoutPump', () => {
  test('sorts lines into messages, text and what is too much; blank lines are nothing', async () => {
    const { stream, seen } = stdoutPump();
    stream.write(
      `${message}hello\n\n   \n${'{"a":'.repeat(500)}1${'}'.repeat(500)}\n${'x'.repeat(1_100_000)}\n${message}`,
    );
    await settle();
    expect(seen).toEqual({
      messages: 2,
      texts: ['hello'],
      dropped: ['a line of JSON nested too deep', 'a line over 1048576 bytes'],
      ends: 0,
    });
  });

  test('stops reading a flood for as long as its rate asks for, and loses nothing', async () => {
    const { clock, stream, seen } = stdoutPump();
    const block = message.repeat(2000);
    for (let blocks = 0; blocks < 20; blocks += 1) stream.write(block);
    await settle();
    expect(stream.isPaused()).toBe(true);
    expect(seen.messages).toBeLessThan(20_000);
    await clock.advance(200);
    expect(seen.messages).toBeLessThan(20_000);
    await clock.advance(10_000);
    expect(seen.messages).toBe(40_000);
    expect(stream.isPaused()).toBe(false);
  });

  test('reads what is left of a dead process without holding back, its unfinished last line included', async () => {
    const { clock, stream, seen, pump } = stdoutPump();
    stream.write(message.repeat(20_000));
    await settle();
    stream.write(`${message.repeat(20_000)}last words`);
    pump.drain();
    stream.end();
    await settle();
    expect(seen).toEqual({ messages: 40_000, texts: ['last words'], dropped: [], ends: 1 });
    pump.close();
    expect(seen.ends).toBe(1);
    expect(clock.pending).toBe(0);
  });
});

test('the memory of a chunk is given back as soon as it was read, unless others have a part in it', async () => {
  const { stream, seen } = stdoutPump();
  const alone = Buffer.from(new ArrayBuffer(message.length)).fill(message);
  const shared = Buffer.from(new ArrayBuffer(message.length + 1))
    .fill(message)
    .subarray(0, message.length);
  stream.write(alone);
  stream.write(shared);
  await settle();
  expect(seen.messages).toBe(2);
  expect([alone.buffer.byteLength, shared.buffer.byteLength]).toEqual([0, message.length + 1]);
});

test('StderrPump keeps the last words of a flood although its log is full', async () => {
  const clock = new FakeClock();
  const stream = new PassThrough();
  const kept: string[] = [];
  let dropped = 0;
  const limiter = new LogLimiter({
    clock,
    write: (_stream, text) => void kept.push(text),
    onDropped: (_stream, bytes) => {
      dropped += bytes;
    },
  });
  const pump = new StderrPump(stream, clock, limiter, () => {});
  const block = `${'x'.repeat(99)}\n`.repeat(600);
  for (let blocks = 0; blocks < 100; blocks += 1) stream.write(block);
  stream.write(`half a line that is ${'y'.repeat(100_000)}\nKeyError: 'token'\n`);
  pump.drain();
  await settle();
  expect(dropped).toBeGreaterThan(4_000_000);
  expect(kept).not.toContain("KeyError: 'token'");
  expect(pump.ring.lastLines(1)).toEqual(["KeyError: 'token'"]);
  await clock.advance(1000);
  stream.write(`${'z'.repeat(20_000)}\nnext\n`);
  await settle();
  expect(kept.slice(-2)).toEqual(['z'.repeat(8192), 'next']);
});
