import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shareable } from '../../../electron/core/fleet/shareable-fix.ts';
import { FixBucket } from '../../../electron/fleet/fixes/fix-bucket.ts';
import { keyOfFix } from '../../../electron/fleet/fixes/fix-key.ts';
import { FixShare } from '../../../electron/fleet/fixes/fix-share.ts';
import { loadNats } from '../../../electron/fleet/nats.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { bucketContents } from '../../support/bucket-contents.ts';
import { FixHost } from '../../support/fix-host.ts';
import { fastClock } from '../../support/fleet-watcher.ts';
import { type BrokerOptions, natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';

const ERROR = 'KeyError: "access_token"';
const BUCKET = 'skillward_fixes';
/** Looks and retries of a minute pass in two seconds. */
const clock = fastClock(30);
const PATIENCE = { timeout: 20_000, interval: 20 };

/** A host that shares its fixes over a connection of its own. */
class Sharer extends FixHost {
  readonly share = new FixShare({ clock, book: this.#book(), enabled: () => this.sharing });
  connection: NatsConnection | null = null;

  async come(): Promise<this> {
    this.touched = (key) => this.share.touch(key);
    this.connection = await connect({ servers: broker.url, reconnect: false });
    this.share.onSession(this.connection);
    return this;
  }

  /** Like a host that has lost the broker: nothing is said any more. */
  async go(): Promise<void> {
    this.share.onSession(null);
    await this.connection?.close();
  }

  record(words: string, error = ERROR): FixPattern {
    return this.fixes.record(error, words, 'shop');
  }

  /** `words: worked here/tried here, worked elsewhere/tried elsewhere` of every fix. */
  get shown(): string[] {
    return this.fixes.list().map(({ fixDescription, successCount, failureCount, elsewhere, origin }) => {
      const there = elsewhere ?? { successCount: 0, failureCount: 0 };
      const here = `${successCount}/${successCount + failureCount}`;
      const other = `${there.successCount}/${there.successCount + there.failureCount}`;
      return `${fixDescription}${origin === undefined ? '' : ` (${origin.hostId})`}: ${here}, ${other}`;
    });
  }

  get words(): string {
    return this.share
      .findings()
      .map(({ what }) => what)
      .join(' ');
  }

  /** The book of whatever start this host is in. */
  #book() {
    const book = () => this.book;
    return {
      hostId: this.hostId,
      prepare: () => book().prepare(),
      keys: () => book().keys(),
      take: (entries: Parameters<FixHost['book']['take']>[0]) => book().take(entries),
      outgoing: (...asked: Parameters<FixHost['book']['outgoing']>) => book().outgoing(...asked),
    };
  }
}

let broker: TestBroker;
let all: Sharer[] = [];

async function start(options: BrokerOptions, ...ids: string[]): Promise<[Sharer, Sharer, Sharer]> {
  broker = await startBroker(options);
  all = ids.map((id) => new Sharer(id));
  for (const host of all) await host.come();
  return all as [Sharer, Sharer, Sharer];
}

const see = (host: Sharer, ...shown: string[]) =>
  expect.poll(() => host.shown.toSorted(), PATIENCE).toEqual(shown.toSorted());

async function connected<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: broker.url });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Speaks to the bucket as anybody could who has its key. */
const outsider = <T>(work: (kv: Awaited<ReturnType<Kvm['create']>>) => Promise<T>) =>
  connected(async (connection) => work(await new Kvm(connection).create(BUCKET)));
const contents = () => connected((connection) => bucketContents(connection, BUCKET));

describe.skipIf(natsServer === null)('shared fixes', () => {
  beforeAll(async () => {
    await loadNats();
  });
  beforeEach(() => {
    all = [];
  });
  afterEach(async () => {
    for (const host of all) await host.go();
    await broker.remove();
  });

  it('are suggested on the other hosts; what was counted apart is all there afterwards', async () => {
    const [beta, gamma] = await start({}, 'beta', 'gamma');
    beta.record('Log in again');
    await see(gamma, 'Log in again (beta): 0/0, 1/1');
    expect(gamma.fixes.match(ERROR, { skillId: 'shop' }).matches[0]).toMatchObject({
      tier: 'exact-here',
      pattern: { origin: { hostId: 'beta', name: 'Host beta' } },
    });

    // The broker dies; both go on, and one of them is started anew meanwhile.
    await broker.stop('SIGKILL');
    await Promise.all(all.map((host) => host.go()));
    const [ofBeta] = beta.fixes.list();
    const [ofGamma] = gamma.fixes.list();
    for (const worked of [true, true, false]) beta.fixes.feedback(ofBeta?.id ?? 0, worked, 'shop');
    for (const worked of [false, true]) gamma.fixes.feedback(ofGamma?.id ?? 0, worked, 'shop');
    beta.record('Renew the token', 'ValueError: token expired');
    beta.restart();
    await broker.start();
    for (const host of all) await host.come();
    await see(beta, 'Log in again: 3/4, 1/2', 'Renew the token: 1/1, 0/0');
    await see(gamma, 'Log in again (beta): 1/2, 3/4', 'Renew the token (beta): 0/0, 1/1');

    // One that leaves takes nothing with it, and keeps what it heard.
    await beta.go();
    gamma.record('Third', 'IndexError: list index out of range');
    const delta = new Sharer('delta');
    all.push(delta);
    await delta.come();
    await see(
      delta,
      'Log in again (beta): 0/0, 4/6',
      'Renew the token (beta): 0/0, 1/1',
      'Third (gamma): 0/0, 1/1',
    );
    expect(beta.shown).toHaveLength(2);
  });

  it('of many hosts at once lose nothing', async () => {
    const ids = Array.from({ length: 6 }, (_, at) => `host-${at}`);
    await start({}, ...ids);
    for (const [at, host] of all.entries()) {
      const { id } = host.record('Log in again');
      for (let times = 0; times < at; times += 1) host.fixes.feedback(id, true, 'shop');
    }
    // 1 + 2 + … + 6, each once.
    for (const [at, host] of all.entries())
      await see(host, `Log in again: ${at + 1}/${at + 1}, ${20 - at}/${20 - at}`);
  });

  it('hold no secret, and nothing of a host that does not share, which hears nothing either', async () => {
    const [beta, gamma] = await start({}, 'beta', 'gamma');
    gamma.sharing = false;
    gamma.share.settingsChanged();
    gamma.record('Only for this host', 'OSError: [Errno 28] No space left on device');
    beta.secrets = ['correct-horse-battery'];
    beta.fixes.record(
      `Traceback (most recent call last):\n  File "/app/skill.py", line 7, in run\n    login("correct-horse-battery")\n${ERROR}`,
      'Set the password to correct-horse-battery, or password=hunter2secret',
      'shop',
    );
    const delta = new Sharer('delta');
    all.push(delta);
    await delta.come();
    await expect.poll(() => delta.shown.length, PATIENCE).toBe(1);
    const text = JSON.stringify([...(await contents())]);
    expect(text).toContain('[secret]');
    for (const secret of ['correct-horse', 'hunter2', 'Only for this host'])
      expect(text).not.toContain(secret);
    expect(gamma.shown).toEqual(['Only for this host: 1/1, 0/0']);
    expect(gamma.words).toContain('sharing is off');

    gamma.sharing = true;
    gamma.share.settingsChanged();
    await expect.poll(() => [gamma.shown.length, delta.shown.length], PATIENCE).toEqual([2, 2]);
  });

  it('are not changed by whatever else is put into the bucket', async () => {
    const [beta, gamma] = await start({}, 'beta', 'gamma');
    beta.record('Log in again');
    await see(gamma, 'Log in again (beta): 0/0, 1/1');
    const [[key, good] = ['', '']] = await contents();
    const fix = JSON.parse(good) as { parts: Record<string, unknown>[] };
    const other = 'f'.repeat(64);
    await outsider(async (kv) => {
      await kv.put('not-a-digest', good);
      await kv.put(other, good);
      await kv.put(
        'e'.repeat(64),
        `{"__proto__":{"v":1},"constructor":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      );
      await kv.put('d'.repeat(64), `"${'x'.repeat(500_000)}"`);
      await kv.put('c'.repeat(64), new Uint8Array([0xff, 0xfe, 0x00]));
      const [own = {}] = fix.parts;
      const absurd = { ...own, hostId: 'mallory', successCount: 1e15 };
      const forged = { ...own, successCount: 1e9, updatedAt: 8_640_000_000_000_000 };
      await kv.put(key, JSON.stringify({ ...fix, parts: [forged, absurd] }));
    });
    // What was said in its name is put right by the host itself; the rest changes nothing.
    await expect
      .poll(async () => JSON.parse((await contents()).get(key) ?? '{}'), PATIENCE)
      .toMatchObject({
        parts: [{ hostId: 'beta', successCount: 1, failureCount: 0 }],
      });
    await see(gamma, 'Log in again (beta): 0/0, 1/1');
    expect(beta.shown).toEqual(['Log in again: 1/1, 0/0']);
    expect(gamma.words).toContain('could not be read');

    // Rubbish in its own place, or nothing at all, is replaced by what the host knows.
    for (const rubbish of ['rubbish', null]) {
      await outsider<unknown>((kv) => (rubbish === null ? kv.purge(key) : kv.put(key, rubbish)));
      await expect.poll(async () => (await contents()).get(key) ?? '', PATIENCE).toContain('Log in again');
      await see(gamma, 'Log in again (beta): 0/0, 1/1');
    }

    // What a later version of the program wrote is not written over, also where this host has something to say.
    const { id } = beta.record('Renew the token', 'ValueError: token expired');
    await expect.poll(async () => (await contents()).size, PATIENCE).toBe(7);
    const [theirs = ''] = [...(await contents())].find(([, text]) => text.includes('Renew the token')) ?? [];
    await outsider((kv) => kv.put(theirs, JSON.stringify({ ...fix, v: 2, words: 'of a later version' })));
    beta.fixes.feedback(id, true, 'shop');
    beta.record('Third', 'IndexError: list index out of range');
    await expect.poll(async () => (await contents()).size, PATIENCE).toBe(8);
    expect((await contents()).get(theirs)).toContain('of a later version');
  });

  it('are written only over what the writer has read', async () => {
    await start({});
    const connection = await connect({ servers: broker.url });
    const bucket = await FixBucket.open(connection);
    const host = new FixHost('alpha');
    const words = shareable(host.fixes.record(ERROR, 'Log in again'), []);
    if (words === null) throw new Error('the fix cannot be shared');
    const key = keyOfFix(words);
    expect(await bucket.put(key, words, 0)).toBe(true);
    expect(await bucket.put(key, words, 0)).toBe(false);
    const { revision } = await bucket.get(key);
    expect(await bucket.put(key, words, revision)).toBe(true);
    expect(await bucket.erase(key, revision)).toBe(false);
    expect(await bucket.erase(key, revision + 1)).toBe(true);
    expect(await bucket.get(key)).toMatchObject({ kind: 'erased', fix: null });
    await connection.close();
  });

  it('wait where the broker keeps nothing or has no room, and say so; nothing else is held up', async () => {
    const [beta, gamma] = await start({ jetstream: false }, 'beta', 'gamma');
    await expect.poll(() => beta.words, PATIENCE).toContain('JetStream is off');
    beta.record('Log in again');
    expect(beta.shown).toEqual(['Log in again: 1/1, 0/0']);
    await broker.remove();
    await Promise.all(all.map((host) => host.go()));

    broker = await startBroker();
    const owner = await connect({ servers: broker.url });
    await new Kvm(owner).create(BUCKET, { max_bytes: 1500 });
    await owner.close();
    for (const host of all) await host.come();
    await see(gamma, 'Log in again (beta): 0/0, 1/1');
    beta.record('Renew the token', `ValueError: token expired ${'in a long sentence '.repeat(60)}`);
    await expect.poll(() => beta.words, PATIENCE).toContain('no room');
    gamma.fixes.feedback(gamma.fixes.list()[0]?.id ?? 0, true, 'shop');
    expect(gamma.shown).toEqual(['Log in again (beta): 1/1, 1/1']);

    // The bucket is taken away: it is made anew, with all there is to say.
    await outsider((kv) => kv.destroy());
    beta.record('Third', 'IndexError: list index out of range');
    await expect.poll(() => gamma.shown.length, PATIENCE).toBe(3);
    await expect.poll(() => beta.words, PATIENCE).toBe('Fixes are shared with the fleet.');
  });
});
