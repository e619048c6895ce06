import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Bench } from '../../support/harness/bench.ts';

let bench: Bench;
afterEach(() => bench.close());

const mebibyte = 1_048_576;

/** How much of a flood is enough, by what it leaves behind: bytes and lines, not seconds, so that a busy machine proves the same. */
const enough: Readonly<Record<string, () => boolean>> = {
  stderr: () =>
    bench.supervisor.process('flood').noise.droppedStderrBytes > 32 * mebibyte && toldWhatWasDropped(),
  stdout: () => bench.supervisor.process('flood').noise.nonJsonLines > 40_000,
  json: () => bench.notifications.length > 40_000,
  endless: () => bench.supervisor.process('flood').noise.droppedLines > 0 && askedOften(),
};
let asked = 0;
const askedOften = () => asked >= 20;
const toldWhatWasDropped = () => /\d+ bytes of output were not kept/.test(bench.text('host'));

test.each(Object.entries(enough))(
  'a flood on %s: other skills answer, memory stays flat, the log is bounded, the skill can be stopped',
  async (where, done) => {
    bench = await Bench.open({ flood: { script: 'flood.py' }, polite: { script: 'polite.py' } });
    const { supervisor } = bench;
    await Promise.all([supervisor.start('flood'), supervisor.start('polite')]);
    asked = 0;
    const lag = monitorEventLoopDelay({ resolution: 10 });
    const before = process.memoryUsage().rss;
    const beganMs = performance.now();
    await supervisor.invoke('flood', 'invoke', { where }, 20_000);
    lag.enable();
    const latencies: number[] = [];
    while (!done() || !askedOften()) {
      const answer = await supervisor.askHealth('polite', 5000);
      expect(answer).toMatchObject({ kind: 'answered', healthy: true });
      if (answer.kind === 'answered') latencies.push(answer.latencyMs);
      asked += 1;
      await pause(20);
    }
    lag.disable();
    const grownMiB = (process.memoryUsage().rss - before) / mebibyte;
    const keptBytes = bench.logs.reduce((sum, line) => sum + line.text.length, 0);
    const seconds = (performance.now() - beganMs) / 1000;
    if (process.env.FLOOD_REPORT !== undefined) {
      const lagMs = (share: number) => (lag.percentile(share) / 1e6).toFixed(0);
      process.stderr.write(
        `${where}: ${seconds.toFixed(1)} s, rss +${grownMiB.toFixed(0)} MiB, lag p50 ${lagMs(50)} p99 ${lagMs(99)} ms, worst answer ${Math.max(...latencies).toFixed(0)} ms, log ${keptBytes} bytes, ${JSON.stringify(supervisor.process('flood').noise)}\n`,
      );
    }
    expect(grownMiB).toBeLessThan(96);
    // The burst, the rate over the time it took, and the lines that tell what was dropped.
    expect(keptBytes).toBeLessThan(mebibyte + (seconds + 2) * 300_000);
    expect(bench.downs).toEqual([]);
    await supervisor.stop('flood');
    await bench.liveness.died('flood');
  },
);
