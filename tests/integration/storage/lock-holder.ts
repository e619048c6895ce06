// Holds a lock until it is killed.
import { holdLock } from '../../../electron/storage/data-dir-lock.ts';

const lock = holdLock(process.argv[2] ?? '');
process.stdout.write(lock === null ? 'refused' : 'held');
setInterval(() => undefined, 60_000);
