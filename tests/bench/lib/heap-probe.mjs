// Loaded into the host with `node --import`: at every SIGUSR2 it collects what nobody needs any more and writes what is left
// to the file named in the environment, in bytes.
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const file = process.env.SKILLWARD_HEAP_FILE;

process.on('SIGUSR2', () => {
  collect();
  // A second time: what a finalizer let go of in the first.
  collect();
  writeFileSync(`${file}.part`, `${process.memoryUsage().heapUsed}`);
  renameSync(`${file}.part`, file);
});
