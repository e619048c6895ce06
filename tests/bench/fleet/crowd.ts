// A crowd of simulated hosts in a process of its own, so that what they cost is nobody else's:
//     crowd.ts <broker url> <hosts> <skills each> <events a second, all together>
// Prints "ready" when all are there; ends with its standard input.
import { SimulatedHost } from '../../support/simulated-host.ts';

/** A host sends at most ten batches a second. */
const BATCH_GAP_MS = 100;
const [url = '', hosts = '0', skills = '0', rate = '0'] = process.argv.slice(2);

const crowd = await Promise.all(
  Array.from({ length: Number(hosts) }, (_, n) =>
    SimulatedHost.start({
      hostId: `crowd-${n}`,
      name: `Crowd ${n}`,
      skills: Number(skills),
      connect: { servers: url },
    }),
  ),
);
const perBatch = Math.max(1, Math.round((Number(rate) * BATCH_GAP_MS) / 1000 / crowd.length));
for (const [n, host] of crowd.entries()) {
  const ids = [...host.skills.keys()];
  // One skill after the other, each host at another one.
  let turn = n;
  // Spread over the gap, as hosts that know nothing of each other are.
  setTimeout(
    () => {
      setInterval(() => {
        for (let one = 0; one < perBatch; one += 1) {
          turn += 1;
          const status =
            turn % 7 === 0 ? ({ kind: 'failing', consecutive: 1 } as const) : ({ kind: 'healthy' } as const);
          host.setHealth(ids[turn % ids.length] ?? '', status);
        }
      }, BATCH_GAP_MS);
    },
    (n * BATCH_GAP_MS) / crowd.length,
  );
}
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => process.exit(0));
