// Loaded into a host before its own code: SIGUSR2 sets the wall clock by as many ms as the file WALL_SHIFT_FILE says. The
// monotonic clock goes on as if nothing had happened, as it does when a person or a time server sets the clock.
import { readFileSync } from 'node:fs';

const RealDate = Date;
let shiftMs = 0;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shiftMs);
    else super(...args);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
};

const file = process.env.WALL_SHIFT_FILE;
if (file !== undefined) {
  process.on('SIGUSR2', () => {
    shiftMs = Number(readFileSync(file, 'utf8'));
  });
}
