import { connect } from '@nats-io/transport-node';
import { subjectOf } from '../../../electron/core/fleet/subjects.ts';
import type { EventBatch } from '../../../shared/contract/fleet-wire.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import type { SocketClient } from '../../support/socket-client.ts';
import { EVENTS_PER_SEC, endCrowd, HOSTS, joinFleet, SKILLS, startCrowd } from '../fleet/meeting.ts';
import { type BenchHost, openBenchHost } from '../lib/bench-host.ts';
import { below, type Figure, info, type Part, skipped } from '../lib/figures.ts';
import { cpuMsOf, residentMiB, sleep } from '../lib/process-figures.ts';
import { quantile } from '../lib/statistics.ts';

/** Every skill of the publishing host is asked this often: ten checks a second, each an event or two. */
const CHECK_SECS = 5;
const WINDOW_MS = 20_000;
const WARM_MS = 15_000;
/** One less than a host follows at most (electron/fleet/view/looking.ts): the one whose skills are killed is followed too. */
const MOST_FOLLOWED = 31;
/** Leases are for a minute. */
const RENEW_MS = 20_000;

/** Many machines: what looking at a hundred costs, what being looked at costs, and how soon a death is seen elsewhere. */
export async function measureFleet(say: (line: string) => void): Promise<Part> {
  const part = {
    title: 'Fleet',
    about: [
      `A real broker (nats-server with JetStream), two real hosts, and ${HOSTS} simulated ones of ${SKILLS} skills each in a process of their own, which`,
      `publish ${EVENTS_PER_SEC.toLocaleString('en')} events a second together. One real host looks at all of them and follows one; the other supervises ${SKILLS} skills, asks`,
      `ten of them a second, and publishes. "More" is beside the same host doing the same in no fleet, over ${WINDOW_MS / 1000} s, of one core. A kill is`,
      'seen when a client of the first host is told that the process of a skill of the second is another one.',
    ].join('\n'),
  };
  if (natsServer === null) return { ...part, figures: [skipped('the fleet', 'there is no nats-server')] };
  const broker = await startBroker();
  const hosts: BenchHost[] = [];
  try {
    const looking = await openBenchHost(0, 'shell');
    hosts.push(looking);
    const publishing = await openBenchHost(SKILLS, 'shell', {
      config: { health: { checkIntervalSecs: CHECK_SECS } },
    });
    hosts.push(publishing);
    return { ...part, figures: await measure(broker, looking, publishing, say) };
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
    await broker.remove();
  }
}

async function measure(
  broker: TestBroker,
  looking: BenchHost,
  publishing: BenchHost,
  say: (line: string) => void,
): Promise<Figure[]> {
  const { pid } = looking.host;
  await looking.client.call('events.subscribe', {});
  // The first seconds of a host are compiling and settling.
  await sleep(WARM_MS);
  const [lookingAlone, publishingAlone] = await shares([pid, publishing.host.pid]);
  const aloneMiB = residentMiB(pid);

  const hostId = await joinFleet(publishing, broker, 'Publishing');
  await joinFleet(looking, broker, 'Looking');
  const listener = await connect({ servers: broker.url });
  let bytes = 0;
  let events = 0;
  listener.subscribe(subjectOf(hostId, 'events'), {
    callback: (_error, message) => {
      bytes += message.data.byteLength;
      events += message.json<EventBatch>().events.length;
    },
  });
  const [, publishingShared] = await shares([pid, publishing.host.pid]);
  const bytesPerEvent = bytes / events;
  const eventsPerSec = (events * 1000) / WINDOW_MS;
  await listener.close();

  const crowd = await startCrowd(broker.url);
  try {
    await looking.client.call('fleet.watch');
    await looking.client.call('fleet.follow', { hostId: 'crowd-0' });
    const renewing = setInterval(() => {
      void looking.client.call('fleet.watch');
      void looking.client.call('fleet.follow', { hostId: 'crowd-0', renew: true });
    }, RENEW_MS);
    looking.client.events.length = 0;
    const [lookingShared] = await shares([pid]);
    clearInterval(renewing);
    const seen = new Set(
      looking.client.events.flatMap(({ event, payload }) =>
        event === 'fleet.changed' ? payload.hosts.map((host: { hostId: string }) => host.hostId) : [],
      ),
    );
    const followed = looking.client.events.filter(({ event }) => event === 'fleet.event').length;
    const kills = await killAll(looking.client, publishing.client, hostId, say);
    for (let n = 0; n < MOST_FOLLOWED; n += 1)
      await looking.client.call('fleet.follow', { hostId: `crowd-${n}` });
    const [lookingAtMost] = await shares([pid]);
    return [
      below({ name: 'looking at 100 hosts: CPU more', value: lookingShared - lookingAlone, unit: '%' }, 2),
      info({ name: 'hosts it told of meanwhile', value: seen.size, unit: '' }),
      info({
        name: 'events it told of the one it follows',
        value: (followed * 1000) / WINDOW_MS,
        unit: '/s',
      }),
      info({
        name: `following ${MOST_FOLLOWED} of them at once: CPU more`,
        value: lookingAtMost - lookingAlone,
        unit: '%',
      }),
      info({ name: 'memory more, after all of it', value: residentMiB(pid) - aloneMiB, unit: 'MiB' }),
      below({ name: 'publishing: CPU more', value: publishingShared - publishingAlone, unit: '%' }, 2),
      info({ name: 'events it publishes', value: eventsPerSec, unit: '/s' }),
      info({ name: 'bytes per event', value: bytesPerEvent, unit: 'B' }),
      info({ name: 'a kill is seen elsewhere, p50', value: quantile(kills, 0.5), unit: 'ms' }),
      below({ name: 'a kill is seen elsewhere, p95', value: quantile(kills, 0.95), unit: 'ms' }, 500),
      info({ name: 'kills', value: kills.length, unit: '' }),
    ];
  } finally {
    await endCrowd(crowd);
  }
}

/** What each process takes of one core, percent, over one window. */
async function shares<const Pids extends readonly number[]>(
  pids: Pids,
): Promise<{ [Key in keyof Pids]: number }> {
  // What was just ordered is not what is measured.
  await sleep(2000);
  const before = pids.map(cpuMsOf);
  const startedMs = performance.now();
  await sleep(WINDOW_MS);
  const tookMs = performance.now() - startedMs;
  const used = pids.map((pid, index) => ((cpuMsOf(pid) - (before[index] ?? 0)) / tookMs) * 100);
  return used as unknown as { [Key in keyof Pids]: number };
}

/** Kills every skill of the second host once, one after the other; how long until the first host's clients knew, ms. */
async function killAll(
  looking: SocketClient,
  publishing: SocketClient,
  hostId: string,
  say: (line: string) => void,
): Promise<number[]> {
  await looking.call('fleet.follow', { hostId });
  const { skills } = await publishing.call('skill.list');
  const took: number[] = [];
  for (const { id, process: running } of skills) {
    if (running.pid === null) continue;
    looking.events.length = 0;
    const startedMs = performance.now();
    process.kill(running.pid, 'SIGKILL');
    await looking.event('fleet.event', ({ event, hostId: from, payload }) => {
      if (from !== hostId || event !== 'skill.changed' || payload.skillId !== id) return false;
      return payload.skill.process.pid !== running.pid;
    });
    took.push(performance.now() - startedMs);
    if (took.length % 10 === 0) await looking.call('fleet.follow', { hostId, renew: true });
  }
  say(`fleet: ${took.length} kills, the slowest seen after ${Math.max(...took).toFixed(0)} ms`);
  return took;
}
