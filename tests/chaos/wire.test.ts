import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario(
  '7 unknown, duplicate, text and null ids: counted and ignored; the true request still times out',
  async (chaos) => {
    const health = { health_timeout_secs: 1, max_consecutive_failures: 1 };
    await chaos.add({ late: { fixture: 'stray', args: ['never'], health } });
    const never = await chaos.until('late', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(never.process.noise.strayAnswers).toBeGreaterThanOrEqual(5);
    expect((await chaos.checks('late'))[0]?.outcome).toMatchObject({ kind: 'unreachable', cause: 'hang' });

    const answers = await chaos.running('messy', { fixture: 'stray', args: ['yes'] });
    expect(answers.health.status.kind).toBe('healthy');
    // Five wrong ones, and the right one given twice.
    await chaos.until('messy', ({ process }) => process.noise.strayAnswers >= 6);
    expect((await chaos.skill('messy')).health.totalFailures).toBe(0);
  },
);

scenario(
  '8 banners and debug lines on stdout: kept and counted, healthy; many a minute are degraded',
  async (chaos) => {
    const skill = await chaos.running('chatty', { fixture: 'chatty' });
    expect(skill.health.status.kind).toBe('healthy');
    expect((await chaos.invoke('chatty', { count: 10 })).payload.result).toEqual({ printed: 10 });
    const after = await chaos.moreChecks('chatty', 2);
    expect(after.health.status.kind).toBe('healthy');
    expect(after.process.noise.nonJsonLines).toBeGreaterThanOrEqual(12);
    expect(await chaos.logText('chatty', 'stdout')).toContain('debug 9: still here');

    await chaos.invoke('chatty', { count: 200 });
    const polluted = await chaos.until('chatty', ({ health }) => health.status.kind === 'degraded');
    expect(polluted.health.status).toMatchObject({ reason: expect.stringContaining('stdout pollution') });
    expect(polluted.process).toMatchObject({ state: 'running', restarts: 0 });
  },
);

scenario('9 split and packed messages, CRLF, a character cut in two: all understood', async (chaos) => {
  await chaos.running('framing', { fixture: 'framing' });
  const result = async (how: string) => (await chaos.invoke('framing', { how })).payload?.result;
  expect(await result('split')).toEqual({ text: 'zwölf Bäume' });
  expect(await result('packed')).toEqual({ packed: true });
  expect(await result('crlf')).toEqual({ crlf: true });
  expect((await chaos.skill('framing')).process.noise).toMatchObject({ nonJsonLines: 0, droppedLines: 0 });
});

scenario(
  '10 lines of 100 KB and just under 1 MiB are read, one over it is dropped, the next is fine',
  async (chaos) => {
    await chaos.running('framing', { fixture: 'framing' });
    const fill = async (bytes: number, timeoutMs = 20_000) =>
      (await chaos.invoke('framing', { how: 'size', bytes }, timeoutMs)).payload?.result.fill.length;
    expect(await fill(100_000)).toBeGreaterThan(99_000);
    expect(await fill(1_048_575)).toBeGreaterThan(1_048_000);
    expect(await fill(1_048_577, 1500)).toBeUndefined();
    await chaos.until('framing', ({ process }) => process.noise.droppedLines === 1);
    expect(await fill(1000)).toBeGreaterThan(900);
    expect(await chaos.logText('framing', 'host')).toContain(
      'a line over 1048576 bytes on stdout was dropped',
    );
    expect((await chaos.skill('framing')).process.restarts).toBe(0);
  },
);

scenario(
  '13 two writers tear each other’s lines: bad ones are counted, nothing is restarted',
  async (chaos) => {
    await chaos.running('torn', { fixture: 'torn' });
    for (let round = 0; round < 3; round += 1) {
      expect((await chaos.invoke('torn')).payload?.result).toEqual({ torn: true });
    }
    const { process, health } = await chaos.moreChecks('torn', 1);
    expect(process).toMatchObject({ state: 'running', restarts: 0 });
    expect(process.noise.nonJsonLines + process.noise.droppedLines).toBeGreaterThan(0);
    expect(health.totalFailures).toBe(0);
  },
);

scenario(
  '30 hostile answers: inert, bounded, nothing steers a terminal, no secret is kept',
  async (chaos) => {
    await chaos.running('hostile', { fixture: 'hostile' });
    const proto = await chaos.invoke('hostile', { how: 'proto' });
    expect(proto.ok).toBe(true);
    expect(JSON.stringify(proto.payload.result)).not.toContain('polluted":false');
    expect(await chaos.host.client.call('host.ping')).toEqual({ pong: true });

    const deep = await chaos.order('skill.invoke', 'hostile', {
      method: 'invoke',
      params: { how: 'deep' },
      timeoutMs: 1000,
    });
    expect(deep.error?.code).toBe('timeout');
    expect(await chaos.logText('hostile', 'host')).toContain('nested too deep');

    const { error } = await chaos.invoke('hostile', { how: 'steer' });
    expect(error?.code).toBe('skill_error');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(error?.message).not.toMatch(/[\u0000-\u001f]/);
    expect((await chaos.invoke('hostile', { how: 'secret' })).ok).toBe(true);
    await chaos.moreChecks('hostile', 1);
    const logged = await chaos.logText('hostile', 'stderr');
    expect(logged).toContain('img src=x');
    expect(logged).not.toContain('\u001b[2J');
    expect(logged).not.toContain('sk-live-0123456789');
    expect(logged).not.toContain('hunter2');
    expect((await chaos.skill('hostile')).process).toMatchObject({ state: 'running', restarts: 0 });
  },
);
