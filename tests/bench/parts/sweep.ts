import { type BenchHost, type Language, openBenchHost } from '../lib/bench-host.ts';
import { below, type Figure, info, type Part } from '../lib/figures.ts';
import { LagProbe } from '../lib/lag.ts';
import { cpuMsOf, sleep } from '../lib/process-figures.ts';
import { median, quantile } from '../lib/statistics.ts';

const CADENCE_SECS = 300;
const REGISTERED = 1000;
const SWEEPS = 5;
/** What starting them has left to do is done. */
const SETTLE_MS = 3000;

interface Sweep {
  readonly wallMs: number;
  readonly cpuMsPerCheck: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

/** Every skill asked once, in order of `maxConcurrentChecks`, as `skillward check` does it. */
export async function measureSweep(counts: { readonly few: number; readonly many: number }): Promise<Part> {
  const few = await sweepOf(counts.few, 'python');
  const many = await sweepOf(counts.many, 'python');
  const simulated = await sweepOf(REGISTERED, 'shell');
  const growth = many.cpuMsPerCheck / few.cpuMsPerCheck;
  const cadence = (simulated.cpuMsPerCheck * REGISTERED) / (CADENCE_SECS * 1000);
  const figures: Figure[] = [
    info({ name: `sweep of ${counts.many} skills`, value: many.wallMs, unit: 'ms' }),
    below({ name: `event loop lag in it, p99 of ${SWEEPS} sweeps`, value: many.lagP99Ms, unit: 'ms' }, 20),
    info({ name: 'event loop lag in it, worst', value: many.lagMaxMs, unit: 'ms' }),
    info({ name: `CPU per check, ${counts.few} skills`, value: few.cpuMsPerCheck, unit: 'ms' }),
    info({ name: `CPU per check, ${counts.many} skills`, value: many.cpuMsPerCheck, unit: 'ms' }),
    below(
      { name: `CPU per check, ${counts.many} against ${counts.few} skills`, value: growth, unit: '×' },
      1.3,
    ),
    info({ name: `CPU per check, ${REGISTERED} skills`, value: simulated.cpuMsPerCheck, unit: 'ms' }),
    below(
      {
        name: `${REGISTERED} skills asked every 5 minutes, share of a core`,
        value: cadence * 100,
        unit: '%',
      },
      1,
    ),
  ];
  return {
    title: 'Health sweep',
    about: [
      `Every skill asked once with \`skill.health.check {all: true}\`, ${SWEEPS} times, nobody looking on; the median. CPU is the`,
      `host’s own, by the kernel’s count. Up to ${counts.many} are Python processes; the ${REGISTERED} are shell scripts that answer the same,`,
      'because it is about the host. Lag is read inside the host, which is looked into by a preloaded probe.',
    ].join('\n'),
    figures,
  };
}

async function sweepOf(count: number, language: Language): Promise<Sweep> {
  const probe = new LagProbe();
  const bench = await openBenchHost(count, language, { env: probe.env });
  try {
    await sleep(SETTLE_MS);
    const lags: number[] = [];
    const runs: { wallMs: number; cpuMs: number }[] = [];
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const lag = await probe.during(bench.host.pid, async () => void runs.push(await askAll(bench)));
      lags.push(lag.p99Ms, lag.maxMs);
    }
    return {
      wallMs: median(runs.map(({ wallMs }) => wallMs)),
      cpuMsPerCheck: median(runs.map(({ cpuMs }) => cpuMs)) / count,
      lagP99Ms: median(lags.filter((_, index) => index % 2 === 0)),
      lagMaxMs: quantile(lags, 1),
    };
  } finally {
    await bench.close();
  }
}

async function askAll({ host, client }: BenchHost): Promise<{ wallMs: number; cpuMs: number }> {
  const cpuBeforeMs = cpuMsOf(host.pid);
  const startedMs = performance.now();
  await client.call('skill.health.check', { all: true });
  return { wallMs: performance.now() - startedMs, cpuMs: cpuMsOf(host.pid) - cpuBeforeMs };
}
