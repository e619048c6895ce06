import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const format = new URL('../../../renderer/components/format.ts', import.meta.url).href;
const ticks = new URL('../../../renderer/charts/ticks.ts', import.meta.url).href;
// Half past eleven at night in UTC is the next morning in Tokyo.
const AT = Date.UTC(2026, 10, 22, 23, 30);
const HOUR = 3_600_000;
const midnight = Date.UTC(2026, 10, 22);

/** A zone is a matter of the whole process, so another process says what it would write. */
function inTokyo(clock: 'local' | 'utc'): unknown {
  const script = `
    import { formatClock, formatDay, formatExact, setClock } from ${JSON.stringify(format)};
    import { tickLabel, timeTicks } from ${JSON.stringify(ticks)};
    const AT = ${AT}, window = { from: AT - 86_400_000, to: AT };
    setClock(${JSON.stringify(clock)});
    process.stdout.write(JSON.stringify({
      words: [formatClock(AT, AT), formatDay(AT, AT), formatClock(AT, AT + ${HOUR})],
      zone: /UTC|GMT.9/.exec(formatExact(AT))?.[0],
      ticks: timeTicks(window, 2).map((at) => [at, tickLabel(at, window)]),
    }));
  `;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TZ: 'Asia/Tokyo' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(said.toString());
}

it('the clock that is set writes every point in time, decides the day, and rules the axis of a chart', {
  timeout: 30_000,
}, () => {
  expect(inTokyo('utc')).toEqual({
    words: ['23:30', '22 Nov', '22 Nov 23:30'],
    zone: 'UTC',
    ticks: [
      [midnight, 'Sun 22'],
      [midnight + 12 * HOUR, '12:00'],
    ],
  });
  expect(inTokyo('local')).toEqual({
    words: ['08:30', '23 Nov', '08:30'],
    zone: 'GMT+9',
    ticks: [
      [midnight + 3 * HOUR, '12:00'],
      [midnight + 15 * HOUR, 'Mon 23'],
    ],
  });
});
