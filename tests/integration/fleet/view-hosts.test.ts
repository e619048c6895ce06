import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { healthySkill } from '../../support/python-skills.ts';

/** Anything that takes longer is a defect; how long it took is printed and measured by the bench (tests/bench). */
const LIMIT_MS = 20_000;
const manifest = '[health]\ncheck_interval_secs = 1\n';

interface ShownSkill {
  readonly lifecycle: string;
  readonly process: { readonly pid: number | null; readonly state: string };
}

describe.skipIf(natsServer === null)('three hosts in one fleet', { timeout: 90_000 }, () => {
  let broker: TestBroker;
  const hosts = new Map<string, TestHost>();
  const ids = new Map<string, string>();

  const get = (name: string) => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host ${name}`);
    return host;
  };
  const idOf = (name: string) => ids.get(name) ?? '';
  /** From now on: the skill of the other host as a page of the first one would show it, once `test` accepts it. */
  const looks = () => {
    const { client } = get('a');
    client.events.length = 0;
    return async (test: (skill: ShownSkill) => boolean): Promise<ShownSkill> => {
      for (;;) {
        const { payload: told } = await client.event(
          'fleet.event',
          ({ boot, event, hostId, payload }) =>
            hostId === idOf('b') && (boot === '' || (event === 'skill.changed' && test(payload.skill))),
          LIMIT_MS,
        );
        if (told.boot !== '') return told.payload.skill;
        // Events are gone for good, as a page does: a snapshot.
        client.events.length = 0;
        const answer = await client.request('fleet.follow', { hostId: idOf('b') });
        const skill = answer.payload?.snapshot.skills[0];
        if (skill !== undefined && test(skill)) return skill;
      }
    };
  };
  const onB = (command: string, payload: object = {}) =>
    get('a')
      .client.call('fleet.call', { hostId: idOf('b'), command, payload })
      .then(({ answer }) => answer);
  /** Its present process, once it has one that runs. */
  const runningOnB = async (): Promise<number> => {
    const { client } = get('b');
    for (;;) {
      client.events.length = 0;
      const skill = await skillOfB();
      if (skill.process.state === 'running') return skill.process.pid;
      await client.event('skill.changed', ({ skill: changed }) => changed?.process.state === 'running');
    }
  };
  const untilLink = async (name: string, state: string) => {
    const { client } = get(name);
    client.events.length = 0;
    if ((await client.call('fleet.status')).link.state === state) return;
    await client.event('fleet.changed', ({ link }) => link.state === state, LIMIT_MS);
  };
  const skillOfB = async () => (await get('b').client.call('skill.list')).skills[0];
  const join1 = async (name: string) => {
    const wanted = {
      servers: [broker.url],
      auth: { kind: 'none' },
      name,
      role: name === 'c' ? 'viewer' : 'operator',
    };
    const { link } = await get(name).client.call('fleet.join', wanted);
    expect(link).toMatchObject({ state: 'connected', problem: null });
    ids.set(name, (await get(name).client.call('fleet.status')).hostId);
  };

  beforeAll(async () => {
    broker = await startBroker();
    await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const skills = { [`${name}-skill`]: { manifest, source: healthySkill } };
        hosts.set(name, await startHost({ skillsDir: writeSkills(tempDir(), skills) }));
        await join1(name);
      }),
    );
  }, 60_000);
  afterAll(async () => {
    for (const { dataDir, skillsDir, stop } of hosts.values()) {
      await stop();
      removeDir(dataDir);
      removeDir(skillsDir);
    }
    await broker.remove();
  });

  it('sees a skill die on another host, quarantines it there, and it stays so when that host starts anew', async () => {
    const { client } = get('a');
    let seen: FleetHost[] = [];
    while (seen.filter(({ state }) => state === 'heard').length < 2)
      seen = (await client.call('fleet.watch')).hosts;
    expect(seen.map(({ name, role, state }) => [name, role, state]).sort()).toEqual([
      ['a', 'operator', 'here'],
      ['b', 'operator', 'heard'],
      ['c', 'viewer', 'heard'],
    ]);
    const followed = await client.call('fleet.follow', { hostId: idOf('b') });
    expect(followed.snapshot.skills.map(({ id }: { id: string }) => id)).toEqual(['b-skill']);

    const pid = await runningOnB();
    let told = looks();
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    await told(({ process: { pid: now } }) => now !== pid);
    process.stderr.write(
      `A killed skill was seen from another host after ${Math.round(performance.now() - killedAt)} ms.\n`,
    );

    told = looks();
    expect(await onB('skill.quarantine', { skillId: 'b-skill', reason: 'seen from a' })).toMatchObject({
      ok: true,
    });
    await told(({ lifecycle }) => lifecycle === 'quarantined');
    const toViewer = { hostId: idOf('c'), command: 'skill.stop', payload: { skillId: 'c-skill' } };
    expect((await client.call('fleet.call', toViewer)).answer.error.code).toBe('not_allowed');
    expect((await onB('config.patch', { health: { autoRestart: false } })).error.code).toBe('not_allowed');

    const before = get('b');
    await before.stop();
    hosts.set('b', await startHost({ skillsDir: before.skillsDir, dataDir: before.dataDir }));
    await untilLink('b', 'connected');
    const again = await client.call('fleet.follow', { hostId: idOf('b') });
    expect(again.boot).not.toBe(followed.boot);
    expect(again.snapshot.skills[0].lifecycle).toBe('quarantined');
    expect((await skillOfB()).lifecycle).toBe('quarantined');
  });

  it('goes on without the broker, says so, and is in step when it is back', async () => {
    const { client } = get('a');
    expect(await onB('skill.release', { skillId: 'b-skill', mode: 'force' })).toMatchObject({ ok: true });
    await client.call('fleet.follow', { hostId: idOf('b') });
    const pid = await runningOnB();
    await broker.stop();
    await untilLink('a', 'waiting');
    expect((await onB('skill.list')).error.code).toBe('unavailable');

    process.kill(pid, 'SIGKILL');
    const restarted = await get('b').client.event(
      'skill.changed',
      ({ skill }) => skill.process.state === 'running' && skill.process.pid !== pid,
    );
    expect(restarted.payload.skill.id).toBe('b-skill');

    const told = looks();
    const backAt = performance.now();
    await broker.start();
    const shown = await told(({ process: now }) => now.state === 'running' && now.pid !== pid);
    process.stderr.write(`In step ${Math.round(performance.now() - backAt)} ms after the broker was back.\n`);
    expect(shown.process.pid).toBe((await skillOfB()).process.pid);
  });

  it('shows one host where two have the same id, and the second goes on supervising', async () => {
    const c = get('c');
    await c.stop();
    const copied = tempDir();
    cpSync(c.dataDir, copied, { recursive: true });
    rmSync(join(copied, 'host.sock'), { force: true });
    hosts.set('c', await startHost({ skillsDir: c.skillsDir, dataDir: c.dataDir }));
    await untilLink('c', 'connected');
    hosts.set('copy', await startHost({ skillsDir: c.skillsDir, dataDir: copied }));
    await untilLink('copy', 'duplicate');
    const copy = get('copy').client;
    const [skill] = (await copy.call('skill.list')).skills;
    expect(skill.process.state).not.toBe('stopped');
    const { hosts: seen } = await get('a').client.call('fleet.watch');
    expect(seen.filter(({ hostId }: FleetHost) => hostId === idOf('c'))).toHaveLength(1);
    expect((await copy.call('fleet.watch')).hosts).toMatchObject([{ state: 'here' }]);
  });
});
