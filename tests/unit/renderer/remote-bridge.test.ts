import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, ConnectionState } from '../../../renderer/bridge/connection.ts';
import { createListeners } from '../../../renderer/bridge/listeners.ts';
import { connectRemote } from '../../../renderer/bridge/remote-bridge.ts';
import { applyEvents } from '../../../renderer/state/apply.ts';
import { emptyHostData, type HostData } from '../../../renderer/state/host-state.ts';
import { startSync } from '../../../renderer/state/sync.ts';
import {
  type CommandAnswer,
  commandNames,
  errorResponse,
  okResponse,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../../shared/contract/index.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { fleetHost, fleetLink } from './make-fleet-host.ts';
import { makeSkill } from './make-skill.ts';
import { snapshotWith } from './make-snapshot.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const attic = fleetHost({ name: 'Attic' });

type Answer = (payload: never) => unknown;

/** The page's own host, whose answers a test gives, and what it was asked. */
function stage(answers: Readonly<Record<string, Answer>>) {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const fleet = createListeners<void>();
  const asked: { name: string; payload: unknown }[] = [];
  let own: ConnectionState = { kind: 'live', resumed: false };
  let host: FleetHost | null | undefined = attic;
  let count = 0;
  const home: Bridge = {
    hostKind: 'headless',
    commands: Object.fromEntries(
      commandNames.map((name) => [
        name,
        async (payload: never): Promise<ResponseEnvelope> => {
          asked.push({ name, payload });
          const answer = answers[name];
          if (answer === undefined) return errorResponse('r', { code: 'not_found', message: `no ${name}` });
          return okResponse('r', await answer(payload));
        },
      ]),
    ) as unknown as Bridge['commands'],
    onEvents: events.add,
    connection: () => own,
    onConnection: states.add,
    reconnect: () => undefined,
  };
  const bridge = connectRemote({ home, hostId: 'attic', host: () => host, onHost: fleet.add });
  const heard: ConnectionState[] = [];
  bridge.onConnection((state) => heard.push(state));
  return {
    asked,
    bridge,
    heard,
    become(next: FleetHost | null | undefined) {
      host = next;
      fleet.tell();
    },
    setOwn(next: ConnectionState) {
      own = next;
      states.tell(next);
    },
    /** An event of the other host, as ours hands it on. */
    bring(boot: string, seq: number, event: string, payload: unknown, hostId = 'attic') {
      count += 1;
      events.tell([
        { v: 1, seq: count, event: 'fleet.event', payload: { hostId, boot, seq, event, payload } },
      ]);
    },
  };
}

/** The page's copy of whatever is behind a bridge. */
function copyOf(bridge: Bridge) {
  let data: HostData = emptyHostData;
  const end = startSync(
    bridge,
    {
      read: () => data,
      replace: (next) => {
        data = next;
      },
      apply: (batch, now) => {
        data = applyEvents(data, batch, now);
      },
      setConnection: () => undefined,
      setProblem: () => undefined,
    },
    Date.now,
  );
  return { end, read: () => data };
}

const ownConfig = appConfigSchema.parse({ general: { theme: 'dark' } });
const theirConfig = appConfigSchema.parse({ general: { theme: 'light' }, health: { checkIntervalSecs: 77 } });

function called(answer: ResponseEnvelope): CommandAnswer<'fleet.call'> {
  return { answer };
}

describe('a bridge to another host', () => {
  it('keeps a true copy whatever is lost, doubled or late, and through restarts of that host', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), skill: fc.nat(2) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('lose' as const), skill: fc.nat(2) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('double' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('reboot' as const) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1500) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(400), async (steps, answerMs) => {
        let boot = 1;
        let seq = 0;
        let version = 0;
        const truth = new Map<string, string>();
        let last: readonly [string, number, string] | null = null;
        const scene = stage({
          'config.get': () => ({ config: ownConfig }),
          'fleet.follow': async () => {
            // Taken now, answered later: what happens between must not be lost.
            const skills = [...truth].map(([id, v]) => makeSkill(id, { version: v }));
            const taken = { boot: `b${boot}`, seq, snapshot: snapshotWith({ skills }) };
            await new Promise((resolve) => setTimeout(resolve, answerMs));
            return taken;
          },
        });
        const copy = copyOf(scene.bridge);
        const send = ([of, number, id]: readonly [string, number, string]) =>
          scene.bring(of, number, 'skill.changed', {
            skillId: id,
            skill: makeSkill(id, { version: truth.get(id) ?? '' }),
          });
        const change = (skill: number, lost: boolean) => {
          seq += 1;
          version += 1;
          const id = `s${skill}`;
          truth.set(id, String(version));
          const told = [`b${boot}`, seq, id] as const;
          if (lost) return;
          send(told);
          last = told;
        };
        for (const one of steps) {
          if (one.kind === 'change') change(one.skill, false);
          else if (one.kind === 'lose') change(one.skill, true);
          else if (one.kind === 'double' && last !== null) send(last);
          else if (one.kind === 'reboot') {
            boot += 1;
            seq = 0;
          } else if (one.kind === 'wait') await vi.advanceTimersByTimeAsync(one.ms);
        }
        // The last word arrives, then everything settles.
        await vi.advanceTimersByTimeAsync(3000);
        change(0, false);
        await vi.advanceTimersByTimeAsync(6000);
        expect(
          Object.fromEntries(Object.entries(copy.read().skills).map(([id, s]) => [id, s.version])),
        ).toEqual(Object.fromEntries(truth));
        copy.end();
        scene.bridge.close();
      }),
      { numRuns: 150 },
    );
  });

  it('does not ask without end after a restart, whatever numbers were on their way', async () => {
    let boot = 'b1';
    let seq = 500;
    const scene = stage({
      'config.get': () => ({ config: ownConfig }),
      'fleet.follow': () => ({ boot, seq, snapshot: snapshotWith({}) }),
    });
    const copy = copyOf(scene.bridge);
    await vi.advanceTimersByTimeAsync(1100);
    // A hole, and before it is mended the host is another one that counts from one.
    scene.bring('b1', 502, 'skill.changed', { skillId: 'a', skill: null });
    boot = 'b2';
    seq = 3;
    await vi.advanceTimersByTimeAsync(10_000);
    const follows = scene.asked.filter(
      ({ name, payload }) => name === 'fleet.follow' && !('renew' in (payload as object)),
    );
    expect(follows.length).toBeLessThanOrEqual(3);
    expect(copy.read().loaded).toBe(true);
    scene.bridge.close();
  });

  it('catches up with a host that was started anew, however much it tells meanwhile', async () => {
    let boot = 'b1';
    let seq = 0;
    const scene = stage({
      'config.get': () => ({ config: ownConfig }),
      'fleet.follow': async () => {
        const taken = {
          boot,
          seq,
          snapshot: snapshotWith({ skills: [makeSkill('a', { version: `${boot} ${seq}` })] }),
        };
        await new Promise((resolve) => setTimeout(resolve, 300));
        return taken;
      },
    });
    const copy = copyOf(scene.bridge);
    await vi.advanceTimersByTimeAsync(1500);
    boot = 'b2';
    for (let step = 0; step < 40; step += 1) {
      seq += 1;
      const skill = makeSkill('a', { version: `${boot} ${seq}` });
      scene.bring(boot, seq, 'skill.changed', { skillId: 'a', skill });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(copy.read().skills.a?.version).toBe('b2 40');
    scene.bridge.close();
  });

  it('is as unknown as its host, and as lost as our own', () => {
    const { become, bridge, heard, setOwn } = stage({});
    expect(bridge.connection()).toEqual({ kind: 'live', resumed: false });
    become({ ...attic, state: 'unknown', lastHeardAt: 1234 });
    expect(bridge.connection()).toEqual({ kind: 'unheard', since: 1234 });
    become(attic);
    setOwn({ kind: 'lost', nextAttemptAt: 9 });
    setOwn({ kind: 'live', resumed: true });
    become(null);
    // Figures alone change nothing of it.
    become(null);
    expect(heard.map(({ kind }) => kind)).toEqual(['unheard', 'live', 'lost', 'live', 'unheard']);
    bridge.close();
    become(attic);
    expect(bridge.connection()).toEqual({ kind: 'unheard', since: null });
  });

  it('sends commands there, what is about the fleet here, and reads answers by the contract', async () => {
    const answers: ResponseEnvelope[] = [
      okResponse('x', { pong: true }),
      errorResponse('x', { code: 'not_allowed', message: 'Look only.' }),
      okResponse('x', { skills: [{ id: '<script>' }] }),
    ];
    const { asked, bridge } = stage({
      'fleet.call': () => called(answers.shift() ?? okResponse('x', {})),
      'fleet.status': () => ({}),
    });
    expect((await bridge.commands['host.ping']({})).payload).toEqual({ pong: true });
    expect((await bridge.commands['skill.restart']({ skillId: 'a' })).error).toEqual({
      code: 'not_allowed',
      message: 'Look only.',
    });
    const unreadable = await bridge.commands['skill.list']({});
    expect(unreadable.ok).toBe(false);
    expect(unreadable.error?.message).toContain('0.2.0');
    await bridge.commands['fleet.status']({});
    expect(asked.map(({ name }) => name)).toEqual(['fleet.call', 'fleet.call', 'fleet.call', 'fleet.status']);
    expect(asked[1]?.payload).toMatchObject({
      hostId: 'attic',
      command: 'skill.restart',
      payload: { skillId: 'a' },
    });
    bridge.close();
  });

  it('keeps how the dashboard looks at home, and everything else there', async () => {
    const patched: unknown[] = [];
    const { bridge, asked } = stage({
      'config.get': () => ({ config: ownConfig }),
      'config.patch': (payload) => {
        patched.push(payload);
        return { config: ownConfig };
      },
      'fleet.call': () => called(okResponse('x', { config: theirConfig })),
      'fleet.follow': () => ({ boot: 'b1', seq: 4, snapshot: snapshotWith({ settings: theirConfig }) }),
    });
    const snapshot = (await bridge.commands['state.snapshot']({})).payload as CommandAnswer<'state.snapshot'>;
    expect(snapshot.settings.general.theme).toBe('dark');
    expect(snapshot.settings.health.checkIntervalSecs).toBe(77);
    const both = await bridge.commands['config.patch']({
      general: { theme: 'dark' },
      health: { autoRestart: false },
    });
    expect((both.payload as CommandAnswer<'config.patch'>).config.general.theme).toBe('dark');
    expect(patched).toEqual([{ general: { theme: 'dark' } }]);
    expect(asked.at(-1)?.payload).toMatchObject({
      command: 'config.patch',
      payload: { health: { autoRestart: false } },
    });
    bridge.close();
  });

  it('hands on nothing it cannot read, nothing of other hosts, and nothing they say of the fleet', async () => {
    const { bridge, bring } = stage({
      'config.get': () => ({ config: ownConfig }),
      'fleet.follow': () => ({ boot: 'b1', seq: 0, snapshot: snapshotWith({}) }),
    });
    const seen: SequencedEvent[] = [];
    bridge.onEvents((batch) => seen.push(...batch));
    const { payload } = await bridge.commands['state.snapshot']({});
    const from = (payload as { seq: number }).seq;
    bring('b1', 1, 'skill.changed', { skillId: '../x' });
    bring('b1', 2, 'fleet.changed', { link: fleetLink(), hosts: [], gone: ['attic'] });
    bring('b1', 3, 'skill.changed', { skillId: 'b', skill: null }, 'cellar');
    bring('b1', 3, 'skill.changed', { skillId: 'a', skill: null });
    bring('b1', 3, 'skill.changed', { skillId: 'a', skill: null });
    bring('b1', 4, 'skill.changed', { skillId: 'c', skill: null });
    expect(seen.map(({ seq, payload: told }) => [seq, (told as { skillId: string }).skillId])).toEqual([
      [from + 1, 'a'],
      [from + 2, 'c'],
    ]);
    bridge.close();
  });

  it('renews its lease, and starts over when it could not or has slept', async () => {
    let renewals = 0;
    let boot = 'b1';
    const { bridge, heard } = stage({
      'config.get': () => ({ config: ownConfig }),
      'fleet.follow': ({ renew }: { renew?: true }) => {
        if (renew === true) renewals += 1;
        return { boot, seq: 0, snapshot: renew === true ? null : snapshotWith({}) };
      },
    });
    await bridge.commands['state.snapshot']({});
    await vi.advanceTimersByTimeAsync(41_000);
    expect(renewals).toBe(2);
    expect(heard).toEqual([]);
    boot = '';
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard).toEqual([{ kind: 'live', resumed: false }]);
    boot = 'b1';
    await bridge.commands['state.snapshot']({});
    // A page that slept looks again at once.
    vi.setSystemTime(Date.now() + 600_000);
    bridge.renew();
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toHaveLength(2);
    bridge.close();
  });
});
