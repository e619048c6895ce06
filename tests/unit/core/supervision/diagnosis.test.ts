import { describe, expect, it } from 'vitest';
import type { UntimedCause } from '../../../../electron/core/supervision/causes.ts';
import { diagnoseStart, type StartFacts } from '../../../../electron/core/supervision/diagnosis.ts';

const died = (change: Partial<UntimedCause> = {}): UntimedCause => ({
  kind: 'exit',
  message: 'exited with code 1 before the handshake',
  exitCode: 1,
  signal: null,
  ...change,
});
const facts = (change: Partial<StartFacts>): StartFacts => ({
  stderrTail: [],
  interpreter: 'python3.11',
  folder: '/skills/mail',
  textLines: 0,
  bareAnswer: false,
  ...change,
});

describe('a skill that does not come up', () => {
  it.each([
    [['  import requests', "ModuleNotFoundError: No module named 'requests'"], 'requests'],
    [["ModuleNotFoundError: No module named 'google.cloud'"], 'google.cloud'],
    [['/usr/bin/python3: No module named uvicorn'], 'uvicorn'],
    // The interpreter may have the last word.
    [["ModuleNotFoundError: No module named 'yaml'", 'sys.excepthook is missing'], 'yaml'],
  ])('for want of a module: %j', (stderrTail, module) => {
    expect(diagnoseStart(died(), facts({ stderrTail }))).toMatchObject({
      kind: 'configuration',
      remedy: 'create-environment',
      message: expect.stringContaining(`the module "${module}" is missing (python3.11)`),
    });
  });

  it.each([
    [
      ['  File "/skills/mail/skill.py", line 3', '    def x(:', '          ^', 'SyntaxError: invalid syntax'],
      'skill.py, line 3, is not valid Python (SyntaxError: invalid syntax): correct it',
    ],
    [
      ['  File "/skills/mail/src/a.py", line 12', 'IndentationError: unexpected indent'],
      'src/a.py, line 12, is not valid Python (IndentationError: unexpected indent): correct it',
    ],
    [['SyntaxError: bad'], 'its source is not valid Python (SyntaxError: bad): correct it'],
  ])('for a source Python cannot read: %j', (stderrTail, message) => {
    expect(diagnoseStart(died(), facts({ stderrTail }))).toMatchObject({
      kind: 'configuration',
      remedy: 'mend-files',
      message,
    });
  });

  it('because it is a one-shot script', () => {
    const cause = died({ exitCode: 0 });
    expect(diagnoseStart(cause, facts({ bareAnswer: true }))).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('mode = "one-shot"'),
    });
    expect(diagnoseStart(cause, facts({}))).toEqual(cause);
  });

  it('because it never answers, with what it should do', () => {
    const cause = died({ kind: 'handshake-timeout', message: 'it did not answer the handshake in time' });
    expect(diagnoseStart(cause, facts({})).message).toMatch(/in time\. Read standard input line by line/);
    expect(diagnoseStart(cause, facts({ textLines: 2 })).message).toContain('What it printed');
    expect(diagnoseStart(cause, facts({})).kind).toBe('handshake-timeout');
  });

  it.each([
    ['an error of its own', died(), ["KeyError: 'token'"]],
    ['a signal', died({ kind: 'signal', exitCode: null, signal: 'SIGKILL' }), ["No module named 'x'"]],
    ['an ordered stop', died({ kind: 'killed-by-us' }), ['SyntaxError: x']],
  ])('for %s, which is left as it is', (_what, cause, stderrTail) => {
    expect(diagnoseStart(cause, facts({ stderrTail }))).toEqual(cause);
  });
});
