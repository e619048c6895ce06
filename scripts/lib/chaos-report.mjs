const mebibyte = 1_048_576;
const nameWidth = 92;

/** All runs of a scenario as one line: the worst of each measure, the sum of what must be none. */
export function summarize(rows) {
  return [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, runs]) => {
    const worst = (pick) => Math.max(...runs.map((run) => pick(run) ?? 0));
    const sum = (pick) => runs.reduce((total, run) => total + pick(run), 0);
    return {
      scenario,
      runs: runs.length,
      failed: sum(({ problem }) => (problem === null ? 0 : 1)),
      recoveryMs: runs.some(({ recoveryMs }) => recoveryMs !== null)
        ? worst(({ recoveryMs }) => recoveryMs)
        : null,
      leakedProcesses: sum(({ leakedProcesses }) => leakedProcesses),
      leakedDescriptors: sum(({ leakedDescriptors }) => leakedDescriptors.length),
      problems: runs.flatMap(({ problem, leakedDescriptors }, run) =>
        problem === null ? [] : [[`run ${run + 1}: ${problem}`, ...leakedDescriptors].join(', ')],
      ),
      lostWrites: sum(({ lostWrites }) => lostWrites),
      growthMiB: worst(({ residentGrowthBytes }) => residentGrowthBytes) / mebibyte,
      lagP99Ms: worst(({ lagP99Ms }) => lagP99Ms),
      noiseP99Ms: worst(({ noiseP99Ms }) => noiseP99Ms),
      pingMs: worst(({ worstPingMs }) => worstPingMs),
    };
  });
}

export function printReport(scenarios, tookMs) {
  const head = [
    'scenario',
    'runs',
    'failed',
    'recovery',
    'procs',
    'fds',
    'lost',
    'growth',
    'lag p99',
    'ping',
  ];
  const body = scenarios.map((one) => [
    one.scenario.length > nameWidth ? `${one.scenario.slice(0, nameWidth - 1)}…` : one.scenario,
    one.runs,
    one.failed,
    one.recoveryMs === null ? '–' : `${Math.round(one.recoveryMs)} ms`,
    one.leakedProcesses,
    one.leakedDescriptors,
    one.lostWrites,
    `${one.growthMiB.toFixed(0)} MiB`,
    `${one.lagP99Ms.toFixed(0)} ms (${one.noiseP99Ms.toFixed(0)})`,
    `${one.pingMs.toFixed(0)} ms`,
  ]);
  const table = [head, ...body].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log('\n── what the scenarios came to (worst of all runs; leaks and losses are sums and must be 0)');
  for (const row of table) {
    console.log(
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
        .join('  ')
        .trimEnd(),
    );
  }
  for (const { scenario, problems } of scenarios)
    for (const problem of problems) console.log(`FAILED  ${scenario}, ${problem}`);
  const total = (pick) => scenarios.reduce((sum, one) => sum + pick(one), 0);
  console.log(
    `in brackets: what the machine makes an idle process late. ${Math.round(tookMs / 1000)} s, ` +
      `${scenarios.length} scenarios, ${total((one) => one.runs)} runs, ${total((one) => one.failed)} failed, ` +
      `${total((one) => one.leakedProcesses)} processes and ${total((one) => one.leakedDescriptors)} descriptors leaked, ` +
      `${total((one) => one.lostWrites)} acknowledged writes lost`,
  );
}
