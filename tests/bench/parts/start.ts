import { removeDir, startHost, tempDir } from '../../support/host-process.ts';
import { writeBenchSkills } from '../lib/bench-host.ts';
import { below, info, type Part } from '../lib/figures.ts';
import { median } from '../lib/statistics.ts';

const STARTS = 5;

/** From the order to the ready line. The skills come up afterwards; that is in the chapter about supervision. */
export async function measureStart(): Promise<Part> {
  const empty = await startWith(0);
  const full = await startWith(100);
  return {
    title: 'Start',
    about: `From \`skillward serve\` to its ready line, median of ${STARTS} starts; the skills come up after it.`,
    figures: [
      below({ name: 'serve to ready, no skills', value: empty, unit: 'ms' }, 1000),
      info({ name: 'serve to ready, 100 skills', value: full, unit: 'ms' }),
      below({ name: 'serve to ready, for 100 skills more', value: full - empty, unit: 'ms' }, 500),
    ],
  };
}

async function startWith(count: number): Promise<number> {
  const took: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const skillsDir = tempDir();
    writeBenchSkills(skillsDir, count, 'python');
    const startedMs = performance.now();
    const host = await startHost({ skillsDir });
    took.push(performance.now() - startedMs);
    host.client.close();
    await host.stop();
    removeDir(skillsDir);
    removeDir(host.dataDir);
  }
  return median(took);
}
