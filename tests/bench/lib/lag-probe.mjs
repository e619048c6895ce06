// Loaded into the host with `node --import`: how late its event loop is, between two signals. The first SIGUSR2 begins,
// the next one writes what was seen to the file named in the environment, in ms.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const file = process.env.SKILLWARD_LAG_FILE;
let measuring = false;

process.on('SIGUSR2', () => {
  if (!measuring) {
    histogram.reset();
    histogram.enable();
  } else {
    histogram.disable();
    const late = (ns) => Math.max(0, ns / 1e6 - RESOLUTION_MS);
    writeFileSync(
      `${file}.part`,
      JSON.stringify({ p99Ms: late(histogram.percentile(99)), maxMs: late(histogram.max) }),
    );
    renameSync(`${file}.part`, file);
  }
  measuring = !measuring;
});
