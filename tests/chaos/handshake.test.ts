import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario(
  '4 slow handshake: in time is accepted, too late is killed and its late answer means nothing',
  async (chaos) => {
    const restart = { handshake_timeout_secs: 2 };
    await chaos.add({
      early: { fixture: 'slow_handshake', args: ['0.5'], restart: { handshake_timeout_secs: 10 } },
      late: { fixture: 'slow_handshake', args: ['30'], restart, health: { max_consecutive_failures: 2 } },
    });
    const early = await chaos.running('early');
    expect(early.health).toMatchObject({ totalFailures: 0 });
    const late = await chaos.until('late', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(late.process.cause).toMatchObject({ kind: 'handshake-timeout' });
    expect(late.process.cause?.message).toContain('did not answer the handshake in time');
    expect(late.health).toMatchObject({ totalFailures: 2, totalChecks: 2 });
  },
);

scenario(
  '6 wrong name, missing members, no dialect: needs attention, is not tried again and again',
  async (chaos) => {
    const wrong = {
      stranger: '{"name":"somebody-else","version":"1"}',
      nameless: '{"version":"1"}',
      versionless: '{"name":"x"}',
      foreign: '!{"code":-32601,"message":"unknown method"}',
    };
    const names = Object.keys(wrong);
    await chaos.add(
      Object.fromEntries(
        Object.entries(wrong).map(([name, answer]) => [name, { fixture: 'answers', args: [answer] }]),
      ),
    );
    await chaos.running('clock', { fixture: 'polite' });
    for (const name of names) {
      const { process, health, lifecycle } = await chaos.until(
        name,
        ({ process: { state } }) => state === 'failed',
      );
      expect(process.cause?.kind, name).toBe('configuration');
      expect(process.cause?.message).toMatch(/handshake/);
      expect(lifecycle).toBe('active');
      expect(health.totalFailures).toBe(1);
    }
    // Time for several restarts, had there been any.
    await chaos.moreChecks('clock', 3);
    for (const name of names)
      expect((await chaos.skill(name)).process).toMatchObject({ state: 'failed', restarts: 0 });
    await chaos.liveness.arrived('answers', names.length);
    expect(chaos.liveness.seen('answers')).toBe(names.length);
    // Asked for, it is tried once more.
    expect((await chaos.order('skill.start', 'stranger')).error?.message).toContain('somebody-else');
    await chaos.liveness.arrived('answers', names.length + 1);
    expect(chaos.liveness.seen('answers')).toBe(names.length + 1);
  },
);

scenario(
  '6 refuses the handshake itself: its own cause, tried with patience, quarantined in the end',
  async (chaos) => {
    await chaos.add({
      closed: {
        fixture: 'answers',
        args: ['!{"code":-32000,"message":"the token has expired"}'],
        health: { max_consecutive_failures: 2 },
      },
    });
    const { process } = await chaos.until('closed', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(process.cause).toMatchObject({ kind: 'handshake-refused' });
    expect(process.cause?.message).toContain('the token has expired');
  },
);
