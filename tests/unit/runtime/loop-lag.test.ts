import { expect, test } from 'vitest';
import { LoopLag } from '../../../electron/runtime/loop-lag.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

/** What is kept of a figure is its first three digits. */
const about = (ms: number) => expect.closeTo(ms, -1);

/** A loop that works as much as `share` says, and how often it is looked at. */
function watchedLoop() {
  const clock = new FakeClock();
  const loop = { share: 0, looks: 0 };
  const lag = new LoopLag({
    clock,
    workShare: () => {
      loop.looks += 1;
      return loop.share;
    },
  });
  lag.start();
  loop.looks = 0;
  return { clock, lag, loop };
}

test('a loop at rest is looked at four times a second, one that works twenty times', async () => {
  const { clock, loop } = watchedLoop();
  await clock.advance(2000);
  expect(loop.looks).toBe(40);
  await clock.advance(10_000);
  expect(loop.looks).toBe(80);
  loop.share = 0.3;
  await clock.advance(250);
  loop.looks = 0;
  await clock.advance(10_000);
  expect(loop.looks).toBe(200);
});

test('a look that comes late is the lag, also while the loop rests', async () => {
  const { clock, lag, loop } = watchedLoop();
  await clock.advance(60_000);
  await clock.leap(3250);
  const { p50, max } = lag.figures();
  expect(p50).toBe(0);
  expect(max).toEqual(about(3000));
  expect(loop.looks).toBeGreaterThan(0);
});

test('a look at rest stands for those left out: the percentiles are those of looks every 50 ms', async () => {
  const { clock, lag, loop } = watchedLoop();
  await clock.advance(32_000);
  // 640 looks so far, of which 16 more make 2.4 %.
  loop.share = 1;
  for (let late = 0; late < 16; late += 1) await clock.leap(450);
  expect(lag.figures()).toMatchObject({ p50: 0, p99: about(400) });
  await clock.advance(20_000);
  loop.share = 0;
  await clock.advance(9000);
  // By now they are less than one in a hundred.
  await clock.advance(26_000);
  expect(lag.figures().p99).toBe(0);
});

test('of the looks left out before work began nothing is told', async () => {
  const { clock, lag, loop } = watchedLoop();
  await clock.advance(2000);
  loop.share = 0.4;
  // One late look of fifty; with four punctual ones before it, it would be less than one in fifty-three.
  await clock.leap(550);
  for (let more = 0; more < 9; more += 1) await clock.advance(50);
  expect(lag.figures().p99).toEqual(about(300));
});

test('old trouble is forgotten after a minute or two', async () => {
  const { clock, lag } = watchedLoop();
  await clock.leap(1050);
  expect(lag.figures().max).toEqual(about(1000));
  await clock.advance(60_001);
  expect(lag.figures().max).toEqual(about(1000));
  await clock.advance(30_000);
  expect(lag.figures().max).toEqual(about(1000));
  await clock.advance(31_000);
  expect(lag.figures().max).toBe(0);
});
