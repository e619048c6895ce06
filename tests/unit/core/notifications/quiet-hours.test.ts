import { describe, expect, it } from 'vitest';
import { isQuiet } from '../../../../electron/core/notifications/quiet-hours.ts';

const at = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};
const hours = (quietFrom: string, quietTo: string, quietHours = true) => ({ quietHours, quietFrom, quietTo });

/** What a clock on the wall of Berlin shows. */
function berlin(utc: string): number {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  return at(shown.format(new Date(utc)));
}

describe('quiet hours', () => {
  it.each([
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '00:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['12:00', '13:00', '11:59', false],
    ['12:00', '13:00', '12:30', true],
    ['12:00', '13:00', '13:00', false],
    ['08:00', '08:00', '08:00', false],
    ['00:00', '00:00', '12:00', false],
  ])('from %s to %s at %s: %s', (from, to, time, quiet) => {
    expect(isQuiet(hours(from, to), at(time))).toBe(quiet);
  });

  it('are none when they are off', () => {
    expect(isQuiet(hours('00:00', '23:59', false), at('03:00'))).toBe(false);
  });

  it('end by the clock on the wall in the night an hour is skipped', () => {
    // 29 March 2026: 01:59 is followed by 03:00.
    expect(isQuiet(hours('22:00', '02:30'), berlin('2026-03-29T00:59:00Z'))).toBe(true);
    expect(isQuiet(hours('22:00', '02:30'), berlin('2026-03-29T01:00:00Z'))).toBe(false);
    expect(isQuiet(hours('22:00', '07:00'), berlin('2026-03-29T04:59:00Z'))).toBe(true);
    expect(isQuiet(hours('22:00', '07:00'), berlin('2026-03-29T05:00:00Z'))).toBe(false);
  });

  it('last an hour longer in the night an hour comes twice', () => {
    // 25 October 2026: 02:59 is followed by 02:00.
    for (const utc of [
      '2026-10-24T20:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T05:59:00Z',
    ])
      expect(isQuiet(hours('22:00', '07:00'), berlin(utc))).toBe(true);
    expect(isQuiet(hours('22:00', '07:00'), berlin('2026-10-25T06:00:00Z'))).toBe(false);
  });
});
