// `npm run bench`: every figure beside its target, and beside the peers where there are any. Options: `--only a,b` plays
// some parts, `--counts 10,100` and `--rounds N` change the supervision part, `--days N` the history, `--soak SECS` or
// `--hour` the soak, `--dry` writes no files. A missed target is shown, and is no error: the exit code is 0 when all parts
// ran to their end.
import { parseArgs } from 'node:util';
import { findPlainPython } from '../../scripts/lib/python.mjs';
import { seeded } from '../support/corpus/hostile.ts';
import type { Part } from './lib/figures.ts';
import { loadNow, machineInWords } from './lib/machine.ts';
import { missedOf, printPart } from './lib/report.ts';
import { keepResults, writeDocument } from './lib/results.ts';
import { measureBridge } from './parts/bridge.ts';
import { measureBundle } from './parts/bundle.ts';
import { measureCore } from './parts/core.ts';
import { measureFleet } from './parts/fleet.ts';
import { measureHistory } from './parts/history.ts';
import { measureSoak } from './parts/soak.ts';
import { measureStart } from './parts/start.ts';
import { measureSweep } from './parts/sweep.ts';
import { measureSupervision } from './supervision/supervision.ts';

const HOUR_SECS = 3600;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    counts: { type: 'string', default: '10,100,300' },
    rounds: { type: 'string', default: '2' },
    days: { type: 'string', default: '90' },
    soak: { type: 'string', default: '60' },
    hour: { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => console.log(`   ${line}`);
const counts = values.counts.split(',').map(Number);
const parts: Readonly<Record<string, () => Part | Promise<Part>>> = {
  supervision: () => measureSupervision({ counts, rounds: Number(values.rounds), say }),
  sweep: () => measureSweep({ few: 100, many: 300 }),
  history: () => measureHistory(Number(values.days)),
  core: measureCore,
  bridge: measureBridge,
  start: measureStart,
  bundle: measureBundle,
  fleet: () => measureFleet(say),
  soak: () => measureSoak(values.hour ? HOUR_SECS : Number(values.soak), seeded(7), say),
};

const wanted = values.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
findPlainPython();
const startedMs = performance.now();
const loadBefore = loadNow();
console.log(`${machineInWords()}; load ${loadBefore.toFixed(1)}`);
const done: Part[] = [];
let broken = 0;
for (const name of wanted) {
  const partMs = performance.now();
  try {
    const part = await parts[name]?.();
    if (part === undefined) continue;
    printPart(part);
    done.push(part);
    // Kept as it comes: what was measured is not lost with what comes after it.
    if (!values.dry) writeDocument([part], loadBefore);
  } catch (error) {
    // One part that cannot be played must not take the others with it.
    broken += 1;
    console.error(`\n── ${name} could not be measured: ${(error as Error).stack}`);
  }
  say(`${name}: ${((performance.now() - partMs) / 1000).toFixed(0)} s`);
}
const missed = missedOf(done);
const judged = done.flatMap(({ figures }) => figures).filter(({ verdict }) => verdict === 'met').length;
console.log(`\n${judged} targets met, ${missed.length} missed${missed.length > 0 ? ':' : ''}`);
for (const { name, value, unit, target } of missed)
  console.log(`  ${name}: ${value.toPrecision(3)} ${unit}, target ${target}`);
console.log(`in ${((performance.now() - startedMs) / 60_000).toFixed(1)} min`);
if (!values.dry) keepResults('bench', done, loadBefore);
process.exitCode = broken > 0 ? 1 : 0;
