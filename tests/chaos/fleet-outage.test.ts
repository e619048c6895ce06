import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FleetMember } from '../support/fleet-member.ts';
import { inOneLine, measure, reportRow } from '../support/harness/chaos-rows.ts';
import { natsServer, startBroker } from '../support/nats-server.ts';

/** How long the broker is away. A host is unknown after 15 s of silence, so only the long one gets to see that. */
const outageMs = measure(2000, 60_000);
const showsSilence = outageMs > 25_000;
/** From the first word of the broker to everything in step, ms (docs/fleet.md). */
const inStepMs = 5000;
/** A page renews what it looks at this often at least, ms. */
const ROUND_MS = 1000;

const name = `the broker is away for ${outageMs / 1000} s: three hosts go on, nothing acknowledged is lost`;

test.skipIf(natsServer === null)(name, { timeout: 150_000 }, async () => {
  const startedMs = performance.now();
  const broker = await startBroker();
  const joining = { servers: [broker.url] };
  const members: FleetMember[] = [];
  let recoveryMs: number | null = null;
  let problem: string | null = null;
  try {
    for (const one of ['a', 'b', 'c']) members.push(await FleetMember.start(one, joining));
    recoveryMs = await play(members, broker);
  } catch (error) {
    problem = inOneLine(error);
    throw error;
  } finally {
    for (const member of members) await member.stop();
    await broker.remove();
    reportRow({
      ...{ scenario: name, problem, tookMs: performance.now() - startedMs, recoveryMs },
      ...{ leakedProcesses: 0, leakedDescriptors: [], lostWrites: 0, residentGrowthBytes: 0 },
      ...{ lagP99Ms: 0, noiseP99Ms: 0, worstPingMs: 0 },
    });
  }
});

async function play(
  members: readonly FleetMember[],
  broker: Awaited<ReturnType<typeof startBroker>>,
): Promise<number> {
  const [a, b, c] = members as [FleetMember, FleetMember, FleetMember];
  const others = [b, c];
  const before = new Map<FleetMember, { seq: number; dropped: number }>();
  for (const other of others) {
    await a.untilSees(other, 'heard');
    await other.running();
    const { seq } = await a.call('fleet.follow', { hostId: other.hostId });
    before.set(other, { seq, dropped: (await other.call('fleet.status')).link.dropped });
  }

  const awayMs = performance.now();
  await broker.stop();
  for (const member of members) await member.untilLink('waiting');
  // Supervision goes on everywhere, and whoever is asked on the spot answers.
  const restarted = new Map<FleetMember, number>();
  for (const member of members) restarted.set(member, await member.killAndSeeRestarted());
  const acknowledged = new Map(members.map((member) => [member, [] as string[]]));
  for (let round = 1; round === 1 || performance.now() - awayMs < outageMs; round += 1) {
    for (const member of members) {
      const words = `${member.name} in round ${round}`;
      await member.decide(words);
      await member.record(words);
      acknowledged.get(member)?.push(words);
    }
    expect((await a.order(b, 'skill.list')).error.code).toBe('unavailable');
    const { link } = await a.call('fleet.watch');
    expect(link).toMatchObject({ state: 'waiting', problem: expect.stringContaining('tried again') });
    for (const other of others) await a.call('fleet.follow', { hostId: other.hostId, renew: true });
    await pause(Math.min(ROUND_MS, Math.max(0, awayMs + outageMs - performance.now())));
  }
  if (showsSilence) {
    for (const other of others) {
      const shown = await a.sees(other);
      expect(shown).toMatchObject({ state: 'unknown', since: shown?.lastHeardAt });
    }
  }

  const rounds = acknowledged.get(a)?.length ?? 0;
  await broker.start();
  const backMs = performance.now();
  const backAt = Date.now();
  const sinceMs = () => Math.round(performance.now() - backMs);
  const took: Record<string, number> = {};
  const note = (what: string) => {
    took[what] = sinceMs();
  };
  const everyWord = members.flatMap((member) => acknowledged.get(member) ?? []).sort();
  await Promise.all([
    Promise.all(members.map((member) => member.untilLink('connected'))).then(() => note('connected')),
    Promise.all(others.map((other) => a.untilHears(other, backAt))).then(() => note('all heard')),
    Promise.all(
      others.map((other) => untilTold(a, other, before.get(other)?.seq ?? 0, acknowledged.get(other) ?? [])),
    ).then(() => note('events')),
    Promise.all(
      members.map((member) =>
        expect
          .poll(async () => (await member.fixes()).sort(), { timeout: 60_000, interval: 100 })
          .toEqual(everyWord),
      ),
    ).then(() => note('fixes')),
  ]);
  const wholeMs = sinceMs();
  const words = Object.entries(took).map(([what, ms]) => `${what} ${ms}`);
  process.stderr.write(
    `Broker away for ${outageMs / 1000} s, ${rounds * 3} decisions and ${rounds * 3} fixes meanwhile: in step ${wholeMs} ms after its return (${words.join(', ')}).\n`,
  );

  for (const member of members) {
    expect((await member.decisions()).sort()).toEqual(acknowledged.get(member)?.toSorted());
    expect((await member.call('fleet.status')).link.dropped).toBe(before.get(member)?.dropped ?? 0);
  }
  for (const other of others) {
    const events = a.eventsOf(other, before.get(other)?.seq ?? 0);
    // In order and without a hole: read from where it stopped, nobody needed a snapshot.
    const seqs = [...new Set(events.map(({ seq }) => seq))];
    expect(events.every(({ boot }) => boot !== '')).toBe(true);
    expect(seqs).toEqual(seqs.map((_seq, n) => (before.get(other)?.seq ?? 0) + 1 + n));
    expect((await a.order(other, 'skill.list')).ok).toBe(true);
    const shown = events.findLast(
      ({ event, payload }) => event === 'skill.changed' && payload.skillId === `${other.name}-one`,
    );
    expect(shown?.payload.skill.process.pid).toBe(restarted.get(other));
  }
  // The long suite has the machine to itself and holds it to the promise.
  if (process.env.CHAOS_ROWS !== undefined) expect(wholeMs).toBeLessThan(inStepMs);
  return wholeMs;
}

/** Until everything that was decided on another host meanwhile has been told here. */
async function untilTold(
  at: FleetMember,
  other: FleetMember,
  from: number,
  reasons: readonly string[],
): Promise<void> {
  const told = () =>
    at
      .eventsOf(other, from)
      .filter(({ event, payload }) => event === 'action.taken' && payload.action.kind === 'quarantineSkill')
      .map(({ payload }) => payload.action.reason as string);
  await expect.poll(() => told().sort(), { timeout: 60_000, interval: 20 }).toEqual([...reasons].sort());
}
