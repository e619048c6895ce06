import { vitalsOf } from '../../support/harness/vitals.ts';
import { type BenchHost, openBenchHost } from '../lib/bench-host.ts';
import { atLeast, below, type Figure, info, type Part } from '../lib/figures.ts';
import { HeapProbe } from '../lib/heap.ts';
import { sleep } from '../lib/process-figures.ts';
import { inWords } from '../lib/report.ts';
import { median } from '../lib/statistics.ts';

const SKILLS = 100;
const KILL_GAP_MS = 400;
const LOOK_GAP_MS = 1000;
/** Of the whole time, before anything is compared: ten minutes of the hour. */
const WARM_UP_SHARE = 1 / 6;

interface Look {
  readonly residentMiB: number;
  readonly descriptors: number;
  readonly databaseBytes: number;
  readonly kills: number;
}

/** Random crashes over many skills: what the host holds must not grow with them. */
export async function measureSoak(
  secs: number,
  random: () => number,
  say: (line: string) => void,
): Promise<Part> {
  const heap = new HeapProbe();
  const bench = await openBenchHost(SKILLS, 'python', {
    env: heap.env,
    // Killing one skill dozens of times an hour is the purpose here, not a reason for quarantine.
    config: { health: { stableAfterSecs: 1, maxFailuresInWindow: 1000, maxConsecutiveFailures: 1000 } },
  });
  try {
    const { pid } = bench.host;
    const heldBeforeMiB = await heap.heldMiB(pid);
    const looks = await crashFor(bench, secs, random, say);
    const heldMoreMiB = (await heap.heldMiB(pid)) - heldBeforeMiB;
    const calm = looks.slice(Math.ceil(looks.length * WARM_UP_SHARE));
    const third = Math.ceil(calm.length / 3);
    const first = summary(calm.slice(0, third));
    const last = summary(calm.slice(-third));
    const kills = last.kills - first.kills;
    await sleep(5000);
    const { skills } = await bench.client.call('runtime.status');
    return {
      title: 'Soak',
      about: [
        `${SKILLS} skills, one killed every ${KILL_GAP_MS} ms at random for ${secs} s; \`--hour\` plays the whole hour.`,
        'After the first sixth, the first third of the rest is compared with the last (medians). The database keeps what',
        'happened on purpose, so its growth is told per crash. What is held is what a collection leaves, before the',
        'first crash and after the last: the host remembers its last 10,000 events, so it grows until it has them.',
      ].join('\n'),
      figures: [
        info({ name: 'crashes', value: looks.at(-1)?.kills ?? 0, unit: '' }),
        atLeast({ name: 'running again at the end', value: skills.running, unit: 'skills' }, SKILLS),
        residentGrowth(last.residentMiB - first.residentMiB, heldMoreMiB),
        below({ name: 'held after a collection, end more than begin', value: heldMoreMiB, unit: 'MiB' }, 8),
        below(
          {
            name: 'descriptors, last third more than first',
            value: last.descriptors - first.descriptors,
            unit: '',
          },
          8,
        ),
        below(
          {
            name: 'database, growth per crash',
            value: kills > 0 ? (last.databaseBytes - first.databaseBytes) / kills : 0,
            unit: 'B',
          },
          4096,
        ),
      ],
    };
  } finally {
    await bench.close();
  }
}

/** A short soak ends while V8 still takes room for its heap; what is held tells that from a leak. */
function residentGrowth(value: number, heldMoreMiB: number): Figure {
  const figure = below({ name: 'memory, last third more than first', value, unit: 'MiB' }, 8);
  if (figure.verdict === 'met' || heldMoreMiB >= 8) return figure;
  return { ...figure, note: `${inWords(heldMoreMiB, 'MiB')} of it are held; the rest is room V8 has taken` };
}

async function crashFor(
  { host, client }: BenchHost,
  secs: number,
  random: () => number,
  say: (line: string) => void,
): Promise<Look[]> {
  const looks: Look[] = [];
  const endMs = performance.now() + secs * 1000;
  let kills = 0;
  let lastLookMs = 0;
  while (performance.now() < endMs) {
    const { skills } = await client.call('skill.list');
    // A few at a time from one list: asking for it is work of its own.
    for (let kill = 0; kill < 5; kill += 1) {
      const { pid } = skills[Math.floor(random() * skills.length)].process;
      if (pid !== null && killed(pid)) kills += 1;
      await sleep(KILL_GAP_MS);
    }
    if (performance.now() - lastLookMs < LOOK_GAP_MS) continue;
    lastLookMs = performance.now();
    const { storage } = await client.call('runtime.status');
    const { descriptors, residentBytes } = vitalsOf(host.pid);
    looks.push({
      residentMiB: residentBytes / 1_048_576,
      descriptors,
      databaseBytes: storage.bytes,
      kills,
    });
    if (looks.length % 30 === 0) say(`soak: ${kills} crashes, ${looks.at(-1)?.residentMiB.toFixed(0)} MiB`);
  }
  return looks;
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It was killed a moment ago and the list does not know yet.
    return false;
  }
}

function summary(looks: readonly Look[]): Look {
  const middle = (pick: (look: Look) => number) => median(looks.map(pick));
  return {
    residentMiB: middle((look) => look.residentMiB),
    descriptors: middle((look) => look.descriptors),
    databaseBytes: middle((look) => look.databaseBytes),
    kills: middle((look) => look.kills),
  };
}
