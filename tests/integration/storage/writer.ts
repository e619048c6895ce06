// A host in miniature: writes without pause, says on standard output what was acknowledged, until it is killed.
import { openStorage } from '../../../electron/storage/storage.ts';
import { fix, healthy, quarantined } from './samples.ts';

const dataDir = process.argv[2] ?? '';
const storage = openStorage({ dataDir, nowMs: Date.now, logFiles: 3, logFileBytes: 65_536 });

/** One line per acknowledged write, handed to the kernel before the next one begins. */
function acknowledge(kind: string, id: string | number, at = 0): void {
  process.stdout.write(`${kind} ${id} ${at}\n`);
}

let round = storage.skills.all().length;
function write(): void {
  for (let n = 0; n < 2; n += 1) {
    round += 1;
    const skillId = `skill-${round}`;
    storage.skills.save(quarantined(skillId));
    acknowledge('skill', skillId);
    acknowledge('fix', storage.fixes.insert(fix(`number ${round}`)).id);
    storage.runs.put({ skillId, pid: round, startTicks: null, runId: 'r', startedAt: 1 });
    acknowledge('run', skillId);
    const at = Date.now();
    storage.checks.append('busy', healthy(at));
    acknowledge('check', round, at);
  }
  // A turn of the event loop, as a host has many a second: the flush timer lives on it.
  setImmediate(write);
}
write();
