// Loaded into the host with `node --import`: how late its event loop is, between two signals. The first SIGWINCH begins,
// the next one writes what was seen to the file named in the environment, in ms. Not one of the signals that end a process:
// libraries with exit hooks (atomic writes) raise the first of those once more themselves.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const file = process.env.SKILLWARD_LAG_FILE;
let measuring = false;

process.on('SIGWINCH', () => {
  if (!measuring) {
    histogram.reset();
    histogram.enable();
  } else {
    histogram.disable();
    const { count, max } = histogram;
    const late = (ns) => Math.max(0, ns / 1e6 - RESOLUTION_MS);
    const seen = { samples: count, p99Ms: late(histogram.percentile(99)), maxMs: late(max) };
    writeFileSync(`${file}.part`, JSON.stringify(seen));
    renameSync(`${file}.part`, file);
  }
  measuring = !measuring;
});
