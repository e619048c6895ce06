import { expect } from 'vitest';
import type { Chaos } from '../support/harness/chaos.ts';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { measure } from '../support/harness/chaos-rows.ts';
import { Dice } from '../support/harness/dice.ts';
import { isLive } from '../support/host-process.ts';

const { alone } = chaosFamily();
const kills = measure(8, 50);
const workers = ['a', 'b', 'c'];

/** What the host has said yes to, and must know for ever. */
interface Promised {
  readonly fixes: Set<string>;
  readonly tasks: Set<string>;
  /** By skill: what the last acknowledged decision about it was; undefined while a newer one is under way. */
  readonly decisions: Map<string, 'quarantined' | 'paused' | 'in service' | undefined>;
}

const decisions = {
  quarantined: ['skill.quarantine', { reason: 'chaos' }],
  paused: ['skill.stop', {}],
  'in service': ['skill.release', { mode: 'force' }],
} as const;

/** Keeps the host busy until it is gone: decisions, records and calls, several under way at once. */
async function work(chaos: Chaos, promised: Promised, dice: Dice, acknowledged: () => void): Promise<void> {
  const { client } = chaos.host;
  let gone = false;
  client.socket.once('close', () => {
    gone = true;
  });
  const lane = async (step: (n: number) => Promise<void>) => {
    for (let n = 0; !gone; n += 1) await Promise.race([step(n), closed]);
  };
  const closed = new Promise<void>((resolve) => client.socket.once('close', () => resolve()));
  const record = async () => {
    const fixDescription = `make ${dice.word()} again`;
    const { ok } = await client.request('fix.record', {
      error: `KeyError: '${fixDescription.split(' ')[1]}'`,
      fixDescription,
    });
    if (!ok) return;
    promised.fixes.add(fixDescription);
    acknowledged();
  };
  const schedule = async () => {
    const id = `task-${dice.roll(2 ** 31).toString(36)}`;
    const { ok } = await client.request('scheduler.create', {
      id,
      name: id,
      schedule: { kind: 'interval', secs: 3600 },
      invoke: { skillId: chaos.id('a'), method: 'invoke' },
    });
    if (!ok) return;
    promised.tasks.add(id);
    acknowledged();
  };
  const decide = (name: string) => async (n: number) => {
    const known = promised.decisions.get(name);
    const next =
      known === 'in service' || known === undefined ? (n % 2 === 0 ? 'quarantined' : 'paused') : 'in service';
    const [command, payload] =
      next === 'in service' && known === 'paused' ? (['skill.start', {}] as const) : decisions[next];
    promised.decisions.set(name, undefined);
    const { ok, error } = await chaos.order(command, name, payload);
    if (ok) promised.decisions.set(name, next);
    else if (error?.code === 'conflict') await chaos.order('skill.release', name, { mode: 'force' });
    acknowledged();
  };
  await Promise.all([
    lane(record),
    lane(schedule),
    lane(decide('a')),
    lane(decide('b')),
    lane(async () => void (await chaos.invoke('c'))),
  ]);
}

/** What was promised and is not there. */
async function forgotten(chaos: Chaos, promised: Promised): Promise<string[]> {
  const { client } = chaos.host;
  const { patterns } = (await client.call('fix.list')) as { patterns: { fixDescription: string }[] };
  const { tasks } = (await client.call('scheduler.list')) as { tasks: { id: string }[] };
  const fixes = new Set(patterns.map(({ fixDescription }) => fixDescription));
  const taskIds = new Set(tasks.map(({ id }) => id));
  const lost = [
    ...[...promised.fixes].filter((fix) => !fixes.has(fix)),
    ...[...promised.tasks].filter((id) => !taskIds.has(id)),
  ];
  for (const [name, decision] of promised.decisions) {
    const { lifecycle, paused } = await chaos.skill(name);
    const now = lifecycle === 'quarantined' ? 'quarantined' : paused ? 'paused' : 'in service';
    if (decision !== undefined && decision !== now) lost.push(`${name}: promised ${decision}, is ${now}`);
  }
  return lost;
}

alone(
  `kill -9 of the host at ${kills} random moments of a busy run: nothing promised is lost, no process is there twice`,
  async (chaos) => {
    const dice = new Dice(20_261_123);
    const promised: Promised = { fixes: new Set(), tasks: new Set(), decisions: new Map() };
    await chaos.add(Object.fromEntries(workers.map((name) => [name, { fixture: 'polite' }])));
    for (let kill = 0; kill < kills; kill += 1) {
      await chaos.until('c', ({ process: { state } }) => state === 'running');
      const patience = 1 + dice.roll(40);
      let acknowledged = 0;
      const enough = Promise.withResolvers<void>();
      const working = work(chaos, promised, dice, () => {
        acknowledged += 1;
        if (acknowledged === patience) setTimeout(enough.resolve, dice.roll(30));
      });
      await enough.promise;
      const killedMs = performance.now();
      await chaos.killHost();
      await working;
      const lost = await forgotten(chaos, promised);
      chaos.lost(lost.length);
      expect(lost).toEqual([]);
      await chaos.until('c', ({ process: { state } }) => state === 'running');
      chaos.recovered(performance.now() - killedMs);
      const { skills } = (await chaos.host.client.call('skill.list')) as {
        skills: { id: string; process: { pid: number | null } }[];
      };
      for (const { id, process } of skills) {
        const living = chaos.liveness.living('polite', id).filter(isLive);
        expect(living.length, `processes of ${id}`).toBeLessThanOrEqual(1);
        for (const pid of living) if (process.pid !== null) expect(pid).toBe(process.pid);
      }
    }
    expect(chaos.liveness.overlaps).toEqual([]);
    expect(promised.fixes.size).toBeGreaterThan(kills);
    const { notices } = await chaos.status();
    expect(notices.filter(({ level }) => level === 'error')).toEqual([]);
  },
  { timeoutMs: measure(120_000, 600_000), disturbsHost: true },
);
