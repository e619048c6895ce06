import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostIdOf } from '../../../../electron/core/fleet/host-id.ts';
import {
  connected,
  connecting,
  failed,
  type LinkState,
  type LinkTrouble,
  linkOff,
} from '../../../../electron/core/fleet/link-state.ts';
import { givesWay } from '../../../../electron/core/fleet/one-boot.ts';
import { readServerAddress, readServerAddresses } from '../../../../electron/core/fleet/server-address.ts';
import { fleetLinkSchema, hostIdSchema } from '../../../../shared/model/fleet.ts';

const never = () => 0;
const fail = (state: LinkState, trouble: LinkTrouble, at = 0, random = never) =>
  failed(state, trouble, 'why', at, random);
const up = (state: LinkState, at: number) =>
  connected(state, { server: 'tls://b:4222', at, keepsEvents: true, problem: null });

describe('the link to the broker', () => {
  it('waits longer each time, at most 2 s for a broker that is away and a minute for one that refuses', () => {
    const delaysOf = (trouble: LinkTrouble) => {
      let state = linkOff(0);
      return Array.from({ length: 12 }, () => {
        const next = fail(state, trouble);
        state = next.state;
        return next.delayMs;
      });
    };
    expect(delaysOf('waiting').slice(0, 5)).toEqual([250, 500, 1000, 2000, 2000]);
    expect(delaysOf('refused').slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    expect(delaysOf('duplicate').at(-1)).toBe(30_000);
    expect(fail(linkOff(0), 'waiting', 0, () => 0.999).delayMs).toBe(300);
  });

  it('says since when it is as it is: another attempt that fails the same way is no news, another trouble is', () => {
    let state = connecting(linkOff(1), 'tls://b:4222', 2);
    expect(state.link).toMatchObject({ state: 'connecting', since: 2, server: 'tls://b:4222' });
    state = fail(state, 'waiting', 3).state;
    state = connecting(state, 'tls://b:4222', 4);
    // An attempt is no improvement: what is wrong goes on being shown.
    expect(state.link).toMatchObject({ state: 'waiting', since: 3, problem: 'why', nextAttemptAt: null });
    state = fail(state, 'waiting', 5).state;
    expect(state.link).toMatchObject({ since: 3, nextAttemptAt: 5 + 500 });
    state = fail(state, 'refused', 6).state;
    expect(state.link).toMatchObject({ state: 'refused', since: 6, nextAttemptAt: 6 + 1000 });
    state = up(state, 7);
    expect(state.link).toMatchObject({ state: 'connected', since: 7, problem: null, keepsEvents: true });
    // After a connection, patience begins anew.
    expect(fail(state, 'refused', 8).delayMs).toBe(1000);
  });

  it('is always something the contract can tell', () => {
    const step = fc.record({
      what: fc.constantFrom('attempt', 'up', 'waiting', 'refused', 'duplicate'),
      random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = linkOff(0);
        for (const [at, { random, what }] of steps.entries()) {
          if (what === 'attempt') state = connecting(state, 'tls://b:4222', at);
          else if (what === 'up') state = up(state, at);
          else state = fail(state, what as LinkTrouble, at, () => random).state;
          expect(fleetLinkSchema.safeParse(state.link).success).toBe(true);
          expect(state.link.nextAttemptAt === null || state.link.nextAttemptAt > at).toBe(true);
          expect(state.link.problem === null).toBe(
            ['off', 'connecting', 'connected'].includes(state.link.state),
          );
        }
      }),
    );
  });
});

describe('the address of a broker', () => {
  it('is encrypted beyond this machine', () => {
    for (const text of [
      'nats://broker:4222',
      'nats://10.0.0.1',
      'nats://[::2]:1',
      'NATS://127.0.0.1.evil.org',
    ])
      expect(readServerAddress(text), text).toMatchObject({
        ok: false,
        problem: expect.stringContaining('not encrypted'),
      });
    const read = (text: string) => {
      const result = readServerAddress(text);
      return result.ok ? result.address.url : result.problem;
    };
    expect(read(' nats://LocalHost ')).toBe('nats://localhost:4222');
    expect(read('nats://[::1]:5')).toBe('nats://[::1]:5');
    expect(read('broker.example.org')).toBe('tls://broker.example.org:4222');
    expect(read('tls://10.0.0.1:4333')).toBe('tls://10.0.0.1:4333');
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'http://a',
      'tls://',
      'tls://a:0',
      'tls://a:99999',
      'tls://a b',
      'tls://a/path',
      'a\nb',
    ])
      expect(readServerAddress(text).ok, text).toBe(false);
    expect(readServerAddress('tls://me:secret@a')).toMatchObject({
      problem: expect.not.stringContaining('secret'),
    });
    expect(readServerAddresses([])).toMatchObject({ ok: false });
    expect(readServerAddresses(['tls://a', 'nats://127.0.0.1']).ok).toBe(false);
    const twice = readServerAddresses(['tls://a', 'TLS://A:4222', 'b']);
    expect(twice.ok && twice.addresses.map(({ url }) => url)).toEqual(['tls://a:4222', 'tls://b:4222']);
  });

  it('never lets plain text out, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.ipV4(),
          fc.ipV6(),
          fc.constantFrom('localhost', '127.0.0.1@x', 'a.example.org'),
        ),
        (host) => {
          for (const text of [host, `nats://${host}`, `tls://${host}`]) {
            const read = readServerAddress(text);
            if (read.ok && !read.address.tls)
              expect(read.address.host).toMatch(/^(localhost|127(\.\d+){3}|::1)$/);
          }
        },
      ),
    );
  });
});

describe('who a host is', () => {
  it('has an id that can stand in a subject, the same for the same data folder', () => {
    expect(hostIdOf('0F8FAD5B-D9CB-469F-A165-70867728950E')).toBe('0f8fad5b-d9cb-469f-a165-70867728950e');
    const ids = fc.property(fc.string(), (id) => {
      expect(hostIdSchema.safeParse(hostIdOf(id)).success).toBe(true);
    });
    fc.assert(ids);
  });

  it('is one of two that have the same id: both decide the same', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        const serving = [{ boot: one }, { boot: other }];
        const left = [one, other].filter((boot) => !givesWay(boot, serving));
        expect(new Set(left).size).toBe(1);
      }),
    );
  });
});
