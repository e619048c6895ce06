import { describe, expect, it } from 'vitest';
import { OneShotOutput } from '../../../electron/skills/one-shot-output.ts';

function read(...lines: string[]) {
  const output = new OneShotOutput();
  for (const line of lines) output.add(line);
  return output.read();
}

describe('what a one-shot run prints', () => {
  it('is one answer, on one line or on many', () => {
    expect(read('{"ok":true}')).toEqual({ output: { kind: 'answer', value: { ok: true } }, rest: [] });
    expect(read('{', '  "ok": true', '}')).toEqual({
      output: { kind: 'answer', value: { ok: true } },
      rest: [],
    });
  });

  it('may be preceded by prints, which go to the log', () => {
    expect(read('connecting', '{"progress":1}', '{"ok":true}')).toEqual({
      output: { kind: 'answer', value: { ok: true } },
      rest: ['connecting', '{"progress":1}'],
    });
  });

  it('is text, nothing, or too long', () => {
    expect(read('done\u0007', 'bye')).toEqual({
      output: { kind: 'text', firstLine: 'done' },
      rest: ['done\u0007', 'bye'],
    });
    expect(read()).toEqual({ output: { kind: 'nothing' }, rest: [] });
    expect(read('[1]').output.kind).toBe('text');
    expect(read('x'.repeat(1_048_576)).output.kind).toBe('too-long');
    const deep = new OneShotOutput();
    deep.add('{"ok":true}');
    deep.tooLong();
    expect(deep.read().output.kind).toBe('too-long');
  });

  it('keeps no more than a line of a daemon may hold, however much comes', () => {
    const output = new OneShotOutput();
    for (let at = 0; at < 2000; at += 1) output.add('x'.repeat(1000));
    expect(output.read()).toEqual({ output: { kind: 'too-long' }, rest: [] });
  });
});
