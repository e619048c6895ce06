import { expect, test } from 'vitest';
import { foundLately } from '../../../electron/skills/found-lately.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

function finder(answers: Record<string, string | null>) {
  const asked: string[] = [];
  const clock = new FakeClock();
  const find = foundLately(async (name) => {
    asked.push(name);
    return answers[name] ?? null;
  }, clock);
  return { answers, asked, clock, find };
}

test('programs asked for together are looked for once each', async () => {
  const { asked, find } = finder({ python3: '/usr/bin/python3', uv: '/usr/bin/uv' });
  const found = await Promise.all([find('python3'), find('python3'), find('uv')]);
  expect(found).toEqual(['/usr/bin/python3', '/usr/bin/python3', '/usr/bin/uv']);
  expect(asked).toEqual(['python3', 'uv']);
});

test('a second later it is looked for again', async () => {
  const { answers, asked, clock, find } = finder({ python3: '/usr/bin/python3' });
  await find('python3');
  answers.python3 = '/opt/bin/python3';
  await clock.advance(999);
  expect(await find('python3')).toBe('/usr/bin/python3');
  await clock.advance(1);
  expect(await find('python3')).toBe('/opt/bin/python3');
  expect(asked).toHaveLength(2);
});

test('what was not there is looked for every time: somebody may be installing it', async () => {
  const { answers, find } = finder({});
  expect(await find('python3')).toBeNull();
  answers.python3 = '/usr/bin/python3';
  expect(await find('python3')).toBe('/usr/bin/python3');
});
