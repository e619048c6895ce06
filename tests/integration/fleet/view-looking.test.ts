import { gzipSync } from 'node:zlib';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVENT_STREAM, subjectOf } from '../../../electron/core/fleet/subjects.ts';
import type { Clock } from '../../../electron/core/supervision/clock.ts';
import { FleetWatcher, FollowingPage, fastClock } from '../../support/fleet-watcher.ts';
import { systemClock } from '../../support/harness/system-clock.ts';
import { until } from '../../support/harness/until.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { SimulatedHost, type SimulatedOptions } from '../../support/simulated-host.ts';
import { startProxy } from '../../support/stalling-proxy.ts';

const HOUR_MS = 3_600_000;
/** In the configuration's own words, so that a broker can be started again without it. */
const JETSTREAM = 'jetstream { store_dir: "FOLDER/js" }';
const failing = { kind: 'failing', consecutive: 2 } as const;
const healthy = { kind: 'healthy' } as const;

describe.skipIf(natsServer === null)('looking at a fleet', () => {
  const ends: (() => unknown)[] = [];
  let broker: TestBroker;

  const host = async (hostId: string, more: Partial<SimulatedOptions> = {}) => {
    const started = await SimulatedHost.start({ hostId, connect: { servers: broker.url }, ...more });
    ends.push(() => started.stop());
    return started;
  };
  const watch = async (hostId: string, clock: Clock, server: string) => {
    const started = await FleetWatcher.connected({ server, hostId, clock });
    ends.push(() => started.stop());
    return started;
  };
  /** As the product has it: for what must not happen, however long a busy machine takes for the rest. */
  const calm = (server = broker.url) => watch('calm', systemClock, server);
  /** Twenty times as fast, for what takes its time: a host is unknown after 0.75 s of silence. */
  const hasty = () => watch('hasty', fastClock(20), broker.url);
  const seen = async (from: FleetWatcher, hostId: string) =>
    (await from.looking.watch()).hosts.find((one) => one.hostId === hostId);
  const untilSeen = async (from: FleetWatcher, hostId: string, state: string) => {
    let last = await seen(from, hostId);
    await until(() => {
      void seen(from, hostId).then((now) => {
        last = now;
      });
      return last?.state === state;
    }, `${hostId} is ${state}`);
    return last;
  };
  /** Events travel until the page shows what the host has. */
  const inStep = (page: FollowingPage, of: SimulatedHost) =>
    until(
      () =>
        page.at?.boot === of.boot &&
        page.at.seq === of.seq &&
        [...of.skills].every(([id, skill]) => page.shown.get(id) === skill.health.status.kind),
      () => `the page is in step: it shows ${JSON.stringify([...page.shown])} at ${JSON.stringify(page.at)}`,
    );

  beforeEach(async () => {
    broker = await startBroker({ jetstream: false, config: JETSTREAM });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await broker.remove();
  });

  it('shows who is there with their figures, calls one unknown when it is silent, and passes commands on', async () => {
    const b = await host('b', { name: 'Bee', labels: { site: 'lab' }, skills: 3, clockSkewMs: HOUR_MS });
    await host('c', { role: 'viewer', skills: 1200, clockSkewMs: -HOUR_MS });
    b.setHealth('b-skill-0', failing);
    const a = await calm();
    await untilSeen(a, 'b', 'heard');
    await untilSeen(a, 'c', 'heard');

    const { hosts, link } = await a.looking.watch();
    expect(link.state).toBe('connected');
    expect(hosts.map(({ hostId, state }) => [hostId, state])).toEqual([
      ['calm', 'here'],
      ['b', 'heard'],
      ['c', 'heard'],
    ]);
    expect(hosts[1]).toMatchObject({ name: 'Bee', labels: { site: 'lab' }, role: 'operator' });
    expect(hosts[1]?.counts).toMatchObject({ skills: 3, healthy: 2, failing: 1 });
    // An hour apart: what is said in their times is shown as said, and the difference beside it.
    expect(Math.round((hosts[1]?.clockSkewMs ?? 0) / HOUR_MS)).toBe(1);
    expect(Math.round((hosts[2]?.clockSkewMs ?? 0) / HOUR_MS)).toBe(-1);

    const quarantine = { skillId: 'b-skill-1', reason: 'looks odd' };
    expect((await a.call('b', 'skill.quarantine', quarantine)).answer).toMatchObject({ ok: true });
    expect(b.skills.get('b-skill-1')?.lifecycle).toBe('quarantined');
    expect((await a.call('c', 'skill.restart', { skillId: 'c-skill-0' })).answer.error?.code).toBe(
      'not_allowed',
    );
    expect((await a.call('calm', 'host.ping')).answer.payload).toEqual({ pong: true });
    expect((await a.call('calm', 'fleet.call')).answer.error?.code).toBe('not_allowed');
    expect((await a.call('nobody', 'host.ping')).answer.error).toMatchObject({
      code: 'unavailable',
      message: 'No host with the id "nobody" is heard from in this fleet.',
    });
    const targets = ['c', 'nobody', 'b', 'b'].map((hostId) => ({
      hostId,
      payload: { skillId: 'b-skill-2' },
    }));
    const { results } = await a.callMany('skill.restart', targets);
    expect(results.map(({ answer, hostId }) => [hostId, answer.error?.code ?? 'done'])).toEqual([
      ['c', 'not_allowed'],
      ['nobody', 'unavailable'],
      ['b', 'done'],
      ['b', 'done'],
    ]);

    // Longer than a broker takes in one message, unless it is packed.
    const whole = await a.looking.follow({ hostId: 'c' });
    expect(JSON.stringify(whole.snapshot).length).toBeGreaterThan(b.connection.info?.max_payload ?? 0);
    expect(whole.snapshot?.skills).toHaveLength(1200);

    // Somebody answers for a host, with nothing that could be one's answer.
    const bomb = gzipSync('"'.padEnd(20_000_000));
    b.connection.subscribe(subjectOf('odd', 'snapshot'), {
      callback: (_error, message) => void message.respond(bomb),
    });
    const foreign = { v: 1, requestId: 'of somebody else', ok: true, payload: {}, error: null };
    b.connection.subscribe(subjectOf('odd', 'view'), {
      callback: (_error, message) => void message.respond(JSON.stringify(foreign)),
    });
    await b.connection.flush();
    await expect(a.looking.follow({ hostId: 'odd' })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('longer than'),
    });
    expect((await a.call('odd', 'host.ping')).answer.error?.code).toBe('internal');

    const impatient = await hasty();
    await untilSeen(impatient, 'b', 'heard');
    b.mute = true;
    const silent = await untilSeen(impatient, 'b', 'unknown');
    expect(silent).toMatchObject({ since: silent?.lastHeardAt, counts: { skills: 3 } });
    expect((await a.call('b', 'skill.restart', { skillId: 'b-skill-0' }, 200)).answer.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('Whether it was carried out is not known'),
    });
    await b.stop();
    let gone = await a.call('b', 'host.ping', {}, 200);
    while (gone.answer.error?.code === 'timeout') gone = await a.call('b', 'host.ping', {}, 200);
    expect(gone.answer.error).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^The host "Bee" is not heard from since /),
    });
    const told = impatient.changes.flatMap(({ hosts: changed }) => changed);
    expect(told.some(({ hostId, state }) => hostId === 'b' && state === 'unknown')).toBe(true);
  });

  it('follows a host through losses, repetitions, nonsense and restarts', async () => {
    const b = await host('b', { skills: 40 });
    const slow = await calm();
    const steady = new FollowingPage(slow, 'b');
    const other = new FollowingPage(slow, 'b');
    await Promise.all([steady.follow(), other.follow()]);
    expect(b.snapshots).toBe(1);
    expect(steady.shown.size).toBe(40);

    b.setHealth('b-skill-0', failing);
    await inStep(steady, b);
    expect([steady.snapshots, b.snapshots]).toEqual([1, 1]);

    // A hole in the middle.
    b.setHealth('b-skill-1', failing, 'quiet');
    b.lose(1);
    b.setHealth('b-skill-2', failing);
    await inStep(steady, b);
    await inStep(other, b);
    expect(b.snapshots).toBe(2);

    const a = await hasty();
    const page = new FollowingPage(a, 'b');
    await page.follow();
    // A loss at the end, which no event shows: the report does.
    b.setHealth('b-skill-1', healthy, 'quiet');
    b.lose(1);
    await inStep(page, b);

    // What cannot be read is left out, and what came in its place counts as lost or as read, never as true.
    const subject = subjectOf('b', 'events');
    const one = { event: 'skill.changed', payload: { skillId: 'b-skill-3', skill: null } };
    const batch = { v: 1, hostId: 'b', boot: b.boot, from: b.seq + 1, at: 0, events: [one] };
    const nonsense = [
      'not json',
      `${'['.repeat(50_000)}`,
      'x'.repeat(300_000),
      JSON.stringify({ ...batch, hostId: 'c' }),
      JSON.stringify({ ...batch, v: 2 }),
    ];
    for (const text of nonsense) b.connection.publish(subject, text);
    b.publish([
      { event: 'fleet.event', payload: { hostId: 'c', boot: 'x', seq: 1, event: 'e', payload: null } },
      { event: 'skill.changed', payload: { skillId: '../etc', skill: 'x'.repeat(100) } },
      { event: 'invented.later', payload: { deep: [[[]]] } },
    ]);
    b.setHealth('b-skill-4', failing);
    await inStep(page, b);
    expect(a.events.map(({ event }) => event)).not.toContain('fleet.event');
    expect(page.shown.has('b-skill-3')).toBe(true);
    expect(a.reports.join()).toContain('could not be read');

    b.reboot();
    b.setHealth('b-skill-5', failing);
    await inStep(page, b);
    await inStep(other, b);
    await inStep(steady, b);

    // Renewing needs no snapshot; of a host that nobody follows any more it says so by naming no boot.
    const { snapshots } = steady;
    expect(await slow.looking.follow({ hostId: 'b', renew: true })).toEqual({ ...steady.at, snapshot: null });
    const nowhere = { boot: '', seq: 0, snapshot: null };
    expect(await slow.looking.follow({ hostId: 'c', renew: true })).toEqual(nowhere);
    expect(steady.snapshots).toBe(snapshots);
    await expect(slow.looking.follow({ hostId: 'calm' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(a.looking.follow({ hostId: 'nobody' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('goes on where it stopped when the way to the broker is back, and with a snapshot where nothing is kept', async () => {
    const proxy = await startProxy(broker.port);
    ends.push(() => proxy.close());
    const b = await host('b', {
      // Later back than those who look: they ask in vain at first.
      connect: { servers: broker.url, maxReconnectAttempts: -1, reconnectTimeWait: 1500 },
    });
    const a = await calm(`nats://127.0.0.1:${proxy.port}`);
    const page = new FollowingPage(a, 'b');
    await page.follow();
    const untilLink = (state: string) =>
      until(() => a.link.link().state === state, `the link is ${state}: ${JSON.stringify(a.link.link())}`);

    b.setHealth('b-skill-0', healthy);
    await inStep(page, b);
    // What happens meanwhile is in the stream: read from there, without asking the host for anything.
    proxy.cut();
    await untilLink('waiting');
    expect((await a.call('b', 'host.ping')).answer.error?.code).toBe('unavailable');
    b.setHealth('b-skill-0', failing);
    await b.connection.flush();
    proxy.flow();
    await untilLink('connected');
    await inStep(page, b);
    expect([page.snapshots, b.snapshots]).toEqual([1, 1]);

    // The broker itself was away and keeps nothing any more: whatever was missed, a snapshot holds it.
    const quick = await hasty();
    const other = new FollowingPage(quick, 'b');
    await other.follow();
    await broker.stop('SIGKILL');
    await until(() => quick.link.link().state === 'waiting', 'the link says that the broker is away');
    b.setHealth('b-skill-0', healthy);
    await broker.start('');
    await inStep(other, b);
    expect(other.snapshots).toBeGreaterThan(1);
    b.setHealth('b-skill-0', failing);
    await inStep(other, b);
  });

  it('falls back to what it can have: a stream that takes nothing, and a host that cannot be reached', async () => {
    const proxy = await startProxy(broker.port);
    ends.push(() => proxy.close());
    const b = await host('b', { connect: { servers: `127.0.0.1:${proxy.port}`, pingInterval: 60_000 } });
    const a = await hasty();
    const page = new FollowingPage(a, 'b');
    await page.follow();
    // Full, and told to keep the old: nothing new is stored, but published it is.
    const manager = await jetstreamManager(b.connection);
    await manager.streams.update(EVENT_STREAM, { discard: 'new' as never, max_msgs: 1 });
    const told = () => a.events.filter(({ event }) => event === 'skill.changed').length;
    await until(() => {
      b.setHealth('b-skill-0', told() % 2 === 0 ? failing : healthy);
      return told() > 3;
    }, 'events are heard that no stream keeps');
    await inStep(page, b);

    proxy.stall();
    await untilSeen(a, 'b', 'unknown');
    expect((await a.call('b', 'host.ping', {}, 200)).answer.error?.code).toBe('timeout');
    b.setHealth('b-skill-0', healthy);
    proxy.flow();
    await untilSeen(a, 'b', 'heard');
    await inStep(page, b);
  });
});
