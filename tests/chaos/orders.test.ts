import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { skillProcessesOf, startHost } from '../support/host-process.ts';

const { scenario } = chaosFamily();

scenario('23 stop while a restart waits: stopped, and no restart comes', async (chaos) => {
  const health = { max_consecutive_failures: 50, max_failures_in_window: 500 };
  await chaos.running('clock', { fixture: 'polite' });
  await chaos.add({
    dies: {
      fixture: 'dies',
      args: ['health', '1'],
      health,
      restart: { first_delay_secs: 2, max_delay_secs: 2 },
    },
  });
  const waiting = await chaos.until('dies', ({ process: { state } }) => state === 'backoff');
  expect(waiting.process.nextAttemptAt).toBeGreaterThan(Date.now() - 2000);
  expect(waiting.process.backoffMs).toBeGreaterThanOrEqual(2000);
  const starts = chaos.liveness.seen('dies');
  expect(await chaos.obey('skill.stop', 'dies')).toMatchObject({
    paused: true,
    process: { state: 'stopped', nextAttemptAt: null, backoffMs: null },
  });
  await chaos.moreChecks('clock', 3);
  expect((await chaos.skill('dies')).process.state).toBe('stopped');
  await chaos.liveness.arrived('dies', starts);
  expect(chaos.liveness.seen('dies')).toBe(starts);
});

scenario('23 stop during the handshake: it wins, whoever waited for the start hears of it', async (chaos) => {
  const restart = { handshake_timeout_secs: 60 };
  await chaos.add({ slow: { fixture: 'slow_handshake', args: ['60'], restart } });
  await chaos.liveness.arrived('slow');
  const start = chaos.order('skill.start', 'slow');
  const stop = chaos.order('skill.stop', 'slow');
  expect((await start).error).toMatchObject({ code: 'conflict' });
  expect((await stop).payload.skill.process).toMatchObject({ state: 'stopped', pid: null });
  await chaos.liveness.died();
  await chaos.liveness.arrived('slow', 1);
  expect(chaos.liveness.seen('slow')).toBe(1);
});

scenario(
  '23 restart clicked ten times, then stop: one process at most at any time, none at the end',
  async (chaos) => {
    await chaos.running('echo', { fixture: 'polite' });
    const restarts = Array.from({ length: 10 }, () => chaos.order('skill.restart', 'echo'));
    expect((await Promise.all(restarts)).every(({ ok }) => ok)).toBe(true);
    await chaos.liveness.settled('polite', 1);
    const last = Array.from({ length: 10 }, () => chaos.order('skill.restart', 'echo'));
    const stop = chaos.obey('skill.stop', 'echo');
    await Promise.all(last);
    expect((await stop).process.state).toBe('stopped');
    await chaos.liveness.died();
    expect(chaos.liveness.overlaps).toEqual([]);
  },
);

scenario('twenty mixed orders at once: never two processes, and the last order holds', async (chaos) => {
  await chaos.running('echo', { fixture: 'stubborn', restart: { stop_grace_ms: 100 } });
  const names = [
    'start',
    'restart',
    'stop',
    'restart',
    'start',
    'stop',
    'stop',
    'start',
    'restart',
    'restart',
  ];
  for (const last of ['start', 'stop'] as const) {
    const orders = [...names, ...names.toReversed().slice(1), last];
    const answers = await Promise.all(orders.map((order) => chaos.order(`skill.${order}`, 'echo')));
    expect(answers.at(-1)?.ok).toBe(true);
    for (const { error } of answers) if (error !== null) expect(error.code).toBe('conflict');
    const { process, paused } = await chaos.skill('echo');
    expect([process.state, paused]).toEqual(last === 'start' ? ['running', false] : ['stopped', true]);
    await chaos.liveness.settled('stubborn', last === 'start' ? 1 : 0);
  }
  expect(chaos.liveness.overlaps).toEqual([]);
});

const versioned = (version: string) => `import loop
loop.serve("versioned", invoke=lambda request: loop.answer(request, {"version": "${version}"}))
`;

scenario(
  'replaced on disk while it runs: the old one goes on until the reload, then the new one alone',
  async (chaos) => {
    await chaos.running('tool', { source: versioned('one') });
    writeFileSync(join(chaos.folder('tool'), 'skill.py'), 'this is no Python');
    expect((await chaos.invoke('tool')).payload.result).toEqual({ version: 'one' });
    writeFileSync(join(chaos.folder('tool'), 'skill.py'), versioned('two, which is longer'));
    expect((await chaos.host.client.call('skills.reload')).changed).toEqual([chaos.id('tool')]);
    await chaos.liveness.arrived('versioned', 2);
    await chaos.until('tool', ({ process: { state } }) => state === 'running');
    expect((await chaos.invoke('tool')).payload.result).toEqual({ version: 'two, which is longer' });
    expect(chaos.liveness.overlaps).toEqual([]);

    writeFileSync(join(chaos.folder('tool'), 'manifest.toml'), 'id = "');
    await chaos.host.client.call('skills.reload');
    await chaos.liveness.died();
  },
);

scenario(
  'the skills folder goes away and comes back: all ends, decisions stay, all is well again',
  async (chaos) => {
    await chaos.add({
      echo: { fixture: 'polite' },
      bad: { fixture: 'polite' },
      paused: { fixture: 'polite' },
    });
    for (const name of ['echo', 'bad', 'paused']) await chaos.running(name);
    await chaos.obey('skill.quarantine', 'bad', { reason: 'by hand' });
    await chaos.obey('skill.stop', 'paused');
    const { skillsDir, client } = chaos.host;
    renameSync(skillsDir, `${skillsDir}-away`);
    expect((await client.call('skills.reload')).removed).toHaveLength(3);
    await chaos.liveness.died();
    const { notices } = await chaos.status();
    expect(notices.some(({ message }) => message.includes(skillsDir))).toBe(true);
    const backMs = performance.now();
    renameSync(`${skillsDir}-away`, skillsDir);
    await client.call('skills.reload');
    await chaos.until('echo', ({ process: { state } }) => state === 'running');
    chaos.recovered(performance.now() - backMs);
    expect(await chaos.skill('bad')).toMatchObject({
      lifecycle: 'quarantined',
      process: { state: 'stopped' },
    });
    expect(await chaos.skill('paused')).toMatchObject({ paused: true, process: { state: 'stopped' } });
  },
);

scenario(
  'a second host on the data folder: refused with the holder’s pid, and the first does not notice',
  async (chaos) => {
    const { process: before } = await chaos.running('echo', { fixture: 'polite' });
    const { dataDir, pid, skillsDir } = chaos.host;
    const both = [startHost({ dataDir, skillsDir }), startHost({ dataDir, skillsDir })];
    await Promise.all(both.map((second) => expect(second).rejects.toThrow(`pid ${pid}`)));
    const { process: after } = await chaos.moreChecks('echo', 1);
    expect(after.pid).toBe(before.pid);
    expect(skillProcessesOf(dataDir)).toEqual([before.pid]);
  },
);
