// Ten ordinary and ten durable writes between marks on standard output, for a system call trace.
import { writeSync } from 'node:fs';
import { openStorage } from '../../../electron/storage/storage.ts';
import { fix, T0 } from './samples.ts';

const options = { nowMs: () => T0, logFiles: 3, logFileBytes: 65_536 };
const storage = openStorage({ ...options, dataDir: process.argv[2] ?? '' });
const action = {
  at: T0,
  kind: 'stopSkill',
  skillId: null,
  origin: 'monitor',
  reason: '',
  result: 'done',
} as const;
writeSync(1, 'ordinary');
for (let n = 0; n < 10; n += 1) storage.actions.add(action);
writeSync(1, 'durable');
for (let n = 0; n < 10; n += 1) storage.fixes.insert(fix('x'));
writeSync(1, 'end');
storage.close();
