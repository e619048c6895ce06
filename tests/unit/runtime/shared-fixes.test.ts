import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSharedFix } from '../../../electron/core/fleet/shared-fix.ts';
import type { ActionLog } from '../../../electron/runtime/action-log.ts';
import type { EventHub } from '../../../electron/runtime/event-hub.ts';
import { FixTrials } from '../../../electron/runtime/fix-trials.ts';
import type { IncidentBook } from '../../../electron/runtime/incident-book.ts';
import type { Incident } from '../../../shared/model/action.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { SharedFix } from '../../../shared/model/shared-fix.ts';
import { FixHost, T0 } from '../../support/fix-host.ts';

const ERROR = 'KeyError: "access_token"';

/** The bucket as hosts see it: a text under each key, null where everybody took it back. */
class Bucket {
  readonly values = new Map<string, string | null>();

  fix(key: string): SharedFix | null {
    const read = readSharedFix(this.values.get(key) ?? '');
    return read.kind === 'fix' ? read.fix : null;
  }

  /** What a host does when it has come: everything is heard, and what it says is put right. */
  meet(host: FixHost): void {
    const wanted = host.book.take([...this.values.keys()].map((key) => ({ key, fix: this.fix(key) })));
    const unseen = host.book.keys().filter((key) => !this.values.has(key));
    for (const key of [...wanted, ...unseen]) {
      const out = host.book.outgoing(key, this.fix(key), this.values.get(key) === null);
      if (out.kind === 'erase') this.values.set(key, null);
      if (out.kind === 'put') this.values.set(key, JSON.stringify(out.fix));
    }
  }

  async meetAll(...hosts: FixHost[]): Promise<void> {
    // Twice and once more: what the last one says, the first one hears in the next round.
    for (let round = 0; round < 3; round += 1) {
      for (const host of hosts) {
        await host.book.prepare();
        this.meet(host);
      }
    }
  }
}

function fleet(...ids: string[]): [Bucket, ...FixHost[]] {
  return [new Bucket(), ...ids.map((id) => new FixHost(id))];
}

const one = (host: FixHost | undefined): FixPattern => {
  const [pattern] = host?.fixes.list() ?? [];
  if (pattern === undefined) throw new Error('this host has no fix');
  return pattern;
};
const record = (host: FixHost | undefined, words: string, error = ERROR) =>
  host?.fixes.record(error, words, 'shop');

/** What a host carries out by itself when the error comes. */
function carriedOut({ fixes, nowMs }: FixHost): string[] {
  const done: string[] = [];
  const incident = { id: 1, skillId: 'shop', error: ERROR, signature: '', lastSeenAt: nowMs } as Incident;
  const trials = new FixTrials({
    fixes,
    trials: { all: () => [], add: (trial) => ({ ...trial, id: 1 }), update: () => undefined },
    incidents: { open: () => [incident], regressed: () => undefined } as unknown as IncidentBook,
    actions: { record: () => undefined } as unknown as ActionLog,
    hub: { publish: () => undefined } as unknown as EventHub,
    nowMs: () => nowMs,
    isHealthy: () => false,
    carryOut: async (_skillId, action) => void done.push(action),
    report: (message) => void done.push(message),
  });
  trials.failed(incident, true);
  return done;
}

describe('a fix of another host', () => {
  it('is suggested with its origin and what was counted there, also when the fleet is gone', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma');
    if (beta === undefined || gamma === undefined) return;
    const mine = beta.fixes.record(ERROR, 'Log in again', 'shop', { safeAction: 'restart', autoApply: true });
    beta.fixes.feedback(mine.id, true, 'shop');
    await bucket.meetAll(beta, gamma);
    gamma.restart();
    const { matches } = gamma.fixes.match(ERROR, { skillId: 'shop' });
    expect(matches).toMatchObject([
      {
        tier: 'exact-here',
        why: expect.stringContaining('learnt on Host beta; worked 2 times'),
        pattern: {
          ...{ fixDescription: 'Log in again', skillId: 'shop', successCount: 0, failureCount: 0 },
          origin: { hostId: 'beta', name: 'Host beta' },
          elsewhere: { hosts: 1, successCount: 2, failureCount: 0 },
          ...{ safeAction: 'restart', createdAt: T0 },
        },
      },
    ]);
    // The permission is of the other host; what this one does by itself is decided among its own fixes.
    expect(matches[0]?.pattern.autoApply).not.toBe(true);
    expect(gamma.fixes.match(ERROR, { skillId: 'shop', own: true }).matches).toEqual([]);
    expect(gamma.fixes.export().patterns[0]).not.toHaveProperty('origin');
  });

  it('never changes what this host does by itself', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    const { id } = beta.fixes.record(ERROR, 'Log in again', 'shop', { safeAction: 'release-trial' });
    for (let times = 0; times < 20; times += 1) beta.fixes.feedback(id, true, 'shop');
    gamma.fixes.record(ERROR, 'Restart it', 'shop', { safeAction: 'restart', autoApply: true });
    await bucket.meetAll(beta, gamma);
    const best = gamma.fixes.match(ERROR, { skillId: 'shop' }).matches[0];
    expect(best?.pattern.origin?.hostId).toBe('beta');
    expect(carriedOut(gamma)).toEqual(['restart']);
  });

  it('takes feedback as this host’s own, which comes back to where it was learnt', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma');
    record(beta, 'Log in again');
    await bucket.meetAll(beta as FixHost, gamma as FixHost);
    gamma?.fixes.feedback(one(gamma).id, false, 'shop');
    expect(one(gamma)).toMatchObject({ successCount: 0, failureCount: 1, elsewhere: { successCount: 1 } });
    await bucket.meetAll(beta as FixHost, gamma as FixHost);
    expect(one(beta)).toMatchObject({
      successCount: 1,
      elsewhere: { hosts: 1, successCount: 0, failureCount: 1 },
    });
    expect(one(beta)).not.toHaveProperty('origin');
  });

  it('deleted here is hidden here only, and what was said about it stays said', async () => {
    const [bucket, beta, gamma, delta] = fleet('beta', 'gamma', 'delta') as [
      Bucket,
      FixHost,
      FixHost,
      FixHost,
    ];
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma, delta);
    gamma.fixes.feedback(one(gamma).id, false, undefined);
    gamma.fixes.delete(one(gamma).id);
    await bucket.meetAll(beta, gamma, delta);
    gamma.restart();
    beta.fixes.feedback(one(beta).id, true, undefined);
    await bucket.meetAll(beta, gamma, delta);
    expect(gamma.fixes.list()).toEqual([]);
    expect(one(delta).elsewhere).toEqual({ hosts: 2, successCount: 2, failureCount: 1 });
    // Written down here again it is this host's own, with everybody's counts.
    record(gamma, 'Log in again');
    await bucket.meetAll(beta, gamma, delta);
    expect(one(gamma)).toMatchObject({ successCount: 1, elsewhere: { hosts: 1, successCount: 2 } });
    expect(one(gamma)).not.toHaveProperty('origin');
  });

  it('edited here becomes a fix of this host; the other host keeps its own', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma);
    gamma.nowMs = T0 + 99;
    const edited = gamma.fixes.update(one(gamma).id, { fixDescription: 'Log in again, then wait' });
    expect(edited).toMatchObject({ fixDescription: 'Log in again, then wait', createdAt: T0 + 99 });
    expect(edited).not.toHaveProperty('origin');
    expect(edited).not.toHaveProperty('elsewhere');
    await bucket.meetAll(beta, gamma);
    expect(gamma.fixes.list().map((fix) => fix.fixDescription)).toEqual(['Log in again, then wait']);
    expect(beta.fixes.list().map(({ fixDescription, origin }) => [fixDescription, origin?.hostId])).toEqual([
      ['Log in again', undefined],
      ['Log in again, then wait', 'gamma'],
    ]);
    // Given the very words the other host has, the two are one again.
    gamma.fixes.update(one(gamma).id, { fixDescription: 'Log in again' });
    await bucket.meetAll(beta, gamma);
    expect(beta.fixes.list()).toHaveLength(1);
    expect(one(gamma)).toMatchObject({ fixDescription: 'Log in again', elsewhere: { hosts: 1 } });
  });

  it('merged into a fix of this host leaves that one for both errors', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    record(beta, 'Log in again');
    const mine = record(gamma, 'Renew the token', 'ValueError: token expired');
    await bucket.meetAll(beta, gamma);
    const foreign = gamma.fixes.list().find(({ origin }) => origin !== undefined);
    gamma.fixes.feedback(foreign?.id ?? 0, true, undefined);
    const merged = gamma.fixes.merge(foreign?.id ?? 0, mine?.id ?? 0);
    expect(merged).toMatchObject({ successCount: 2, fixDescription: 'Renew the token' });
    expect(merged).not.toHaveProperty('elsewhere');
    await bucket.meetAll(beta, gamma);
    expect(gamma.fixes.list()).toHaveLength(1);
    expect(
      beta.fixes.match(ERROR, { skillId: 'shop' }).matches.map(({ pattern }) => pattern.fixDescription),
    ).toEqual(['Renew the token', 'Log in again']);
  });

  it('goes when nobody holds it any more, its words too; whoever was helped by it keeps it', async () => {
    const [bucket, beta, gamma, delta] = fleet('beta', 'gamma', 'delta') as [
      Bucket,
      FixHost,
      FixHost,
      FixHost,
    ];
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma, delta);
    gamma.fixes.feedback(one(gamma).id, true, undefined);
    delta.fixes.feedback(one(delta).id, false, undefined);
    await bucket.meetAll(beta, gamma, delta);
    beta.fixes.delete(one(beta).id);
    await bucket.meetAll(beta, gamma, delta);
    expect(one(delta)).toMatchObject({
      origin: { hostId: 'beta' },
      elsewhere: { hosts: 1, successCount: 1 },
    });
    expect(beta.fixes.list()).toEqual([]);
    gamma.fixes.update(one(gamma).id, { fixDescription: 'Something else' });
    await bucket.meetAll(beta, gamma, delta);
    expect(delta.fixes.list().map((fix) => fix.fixDescription)).toEqual(['Something else']);
    expect([...bucket.values.values()].filter((value) => value?.includes('Log in again'))).toEqual([]);
  });

  it('is not read when it is not what it says', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    record(beta, 'Log in again');
    await bucket.meetAll(beta);
    const [key] = bucket.values.keys();
    const fix = bucket.fix(key ?? '');
    if (fix === null || key === undefined) throw new Error('nothing was shared');
    const tell = (change: Partial<SharedFix>) => gamma.book.take([{ key, fix: { ...fix, ...change } }]);
    tell({ sample: 'ValueError: of another error' });
    tell({ fixDescription: 'Use the password=hunter2secret' });
    tell({ errorSignature: '<num>', sample: '' });
    expect(gamma.fixes.list()).toEqual([]);
    const [named] = fix.parts;
    if (named !== undefined) tell({ parts: [{ ...named, name: '\u001b[2J\u202e' }] });
    expect(one(gamma).origin).toEqual({ hostId: 'beta', name: '[2J' });
  });
});

describe('a host', () => {
  it('that does not share says nothing, keeps up with what it shared before, and comes back right', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    beta.sharing = false;
    record(beta, 'Not for others');
    expect(beta.book.keys()).toEqual([]);
    beta.fixes.delete(one(beta).id);
    beta.sharing = true;
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma);
    beta.sharing = false;
    beta.restart();
    beta.fixes.update(one(beta).id, { fixDescription: 'Log in twice' });
    expect(one(gamma).fixDescription).toBe('Log in again');
    beta.sharing = true;
    beta.restart();
    await bucket.meetAll(beta, gamma);
    expect(gamma.fixes.list().map((fix) => fix.fixDescription)).toEqual(['Log in twice']);
  });

  it('tells no secret it keeps, and takes back what turned out to hold one', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    record(beta, 'Use tok_4711_abcdef');
    await bucket.meetAll(beta, gamma);
    expect(JSON.stringify([...bucket.values.values()])).toContain('tok_4711');
    beta.secrets = ['tok_4711_abcdef'];
    await bucket.meetAll(beta, gamma);
    expect(JSON.stringify([...bucket.values.values()])).not.toContain('tok_4711');
    expect(one(gamma).fixDescription).toBe('Use [secret]');
    expect(one(beta).fixDescription).toBe('Use tok_4711_abcdef');
  });

  it('puts right what somebody else said in its name, however late', async () => {
    const [bucket, beta, gamma] = fleet('beta', 'gamma') as [Bucket, FixHost, FixHost];
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma);
    for (const [key] of bucket.values) {
      const fix = bucket.fix(key);
      const forged = fix?.parts.map((part) => ({
        ...part,
        successCount: 1e9,
        updatedAt: 8_640_000_000_000_000,
      }));
      bucket.values.set(key, JSON.stringify({ ...fix, parts: forged }));
    }
    await bucket.meetAll(beta, gamma);
    expect(one(beta)).toMatchObject({ successCount: 1, failureCount: 0 });
    expect(one(gamma).elsewhere).toEqual({ hosts: 1, successCount: 1, failureCount: 0 });
  });

  it('fills a bucket that was lost with what it remembers, also of hosts that are gone', async () => {
    const [bucket, beta, gamma, delta] = fleet('beta', 'gamma', 'delta') as [
      Bucket,
      FixHost,
      FixHost,
      FixHost,
    ];
    record(beta, 'Log in again');
    await bucket.meetAll(beta, gamma);
    bucket.values.clear();
    await bucket.meetAll(gamma, delta);
    expect(one(delta)).toMatchObject({ origin: { hostId: 'beta' }, elsewhere: { successCount: 1 } });
  });
});

/** What three hosts do, each in its own time, with or without the fleet. */
const hosts = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('meet' as const), host: hosts }),
    fc.record({ do: fc.constant('restart' as const), host: hosts }),
    fc.record({ do: fc.constant('record' as const), host: hosts, words: fc.constantFrom('a', 'b') }),
    fc.record({ do: fc.constant('feedback' as const), host: hosts, worked: fc.boolean(), fix: fc.nat(3) }),
    fc.record({ do: fc.constant('correct' as const), host: hosts, fix: fc.nat(3) }),
    fc.record({ do: fc.constant('delete' as const), host: hosts, fix: fc.nat(3) }),
    fc.record({
      do: fc.constant('edit' as const),
      host: hosts,
      fix: fc.nat(3),
      words: fc.constantFrom('a', 'c'),
    }),
  ),
  { maxLength: 30 },
);

describe('hosts that were apart', () => {
  it('agree on everything once they meet, and nobody’s counts are lost or counted twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (done, withDeletions) => {
        const [bucket, ...all] = fleet('alpha', 'beta', 'gamma') as [Bucket, FixHost, FixHost, FixHost];
        let nowMs = T0;
        for (const step of done) {
          const host = all[step.host] as FixHost;
          nowMs += 1;
          host.nowMs = nowMs;
          const fix = 'fix' in step ? host.fixes.list()[step.fix] : undefined;
          if (step.do === 'meet') bucket.meet(host);
          else if (step.do === 'restart') host.restart();
          else if (step.do === 'record') record(host, step.words);
          else if (fix === undefined) continue;
          else if (step.do === 'feedback') host.fixes.feedback(fix.id, step.worked, undefined);
          else if (step.do === 'correct') host.fixes.judged(fix.id, 'corrected', 'shop');
          else if (step.do === 'delete' && withDeletions) host.fixes.delete(fix.id);
          else if (step.do === 'delete') continue;
          else host.fixes.update(fix.id, { fixDescription: step.words });
        }
        await bucket.meetAll(...all);
        for (const host of all) {
          for (const pattern of host.fixes.list()) {
            const told = all
              .filter((other) => other !== host)
              .flatMap((other) =>
                other.fixes.list().filter((one) => one.fixDescription === pattern.fixDescription),
              );
            const sum = (of: (one: FixPattern) => number) => told.reduce((total, one) => total + of(one), 0);
            const hidden = [...bucket.values.keys()]
              .map((key) => bucket.fix(key))
              .find((one) => one?.fixDescription === pattern.fixDescription)
              ?.parts.filter((part) => part.hostId !== host.hostId && part.withdrawn !== true);
            const counted = (hidden ?? []).reduce((total, part) => total + part.successCount, 0);
            expect(pattern.elsewhere?.successCount ?? 0).toBe(counted);
            const failed = pattern.elsewhere?.failureCount ?? 0;
            const shownWorked = sum((one) => one.successCount);
            const shownFailed = sum((one) => one.failureCount);
            // Whoever hid it still has its say; otherwise everybody shows what everybody counted, each once.
            if (withDeletions) expect([counted >= shownWorked, failed >= shownFailed]).toEqual([true, true]);
            else expect([counted, failed]).toEqual([shownWorked, shownFailed]);
          }
          const before = JSON.stringify([...bucket.values]);
          const shown = JSON.stringify(host.fixes.list());
          bucket.meet(host);
          expect(JSON.stringify([...bucket.values])).toBe(before);
          expect(JSON.stringify(host.fixes.list())).toBe(shown);
        }
      }),
      { numRuns: 100 },
    );
  });
});
