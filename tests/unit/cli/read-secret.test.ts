import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { readSecret } from '../../../electron/cli/read-secret.ts';

function terminal() {
  const raw: boolean[] = [];
  const written: string[] = [];
  const input = Object.assign(new EventEmitter(), {
    setRawMode: (mode: boolean) => raw.push(mode),
    setEncoding: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  const reading = readSecret('Token: ', input as unknown as Parameters<typeof readSecret>[1], {
    write: (text: string) => written.push(text),
  });
  return { raw, written, reading, type: (text: string) => input.emit('data', text) };
}

it('reads a line without showing any of it, and leaves the terminal as it was', async () => {
  const { raw, reading, type, written } = terminal();
  for (const character of 'sx\u007fecret\r') type(character);
  expect(await reading).toBe('secret');
  expect(written.join('')).toBe('Token: \n');
  expect(raw).toEqual([true, false]);
});

it('takes pasted text up to the first line break, and Ctrl+U takes all back', async () => {
  const { reading, type } = terminal();
  type('wrong\u0015right🙂x\u007f\nrest');
  expect(await reading).toBe('right🙂');
});

it.each(['\u0003', '\u0004'])('%j gives up', async (key) => {
  const { raw, reading, type } = terminal();
  type(key);
  await expect(reading).rejects.toThrow('Given up');
  expect(raw).toEqual([true, false]);
});
